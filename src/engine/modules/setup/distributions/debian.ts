import type { Facts } from '../collector.ts';
import { capture, type Gathered } from '../gathered.ts';

interface Derivative {
  /** Recognised by one of these words in the file. */
  readonly words: readonly string[];
  readonly name: string;
  readonly release?: RegExp;
  readonly version?: RegExp;
  /** Part of the version that is the major one; the whole otherwise. */
  readonly splitVersion?: boolean;
}

const quotedVersion = /VERSION_ID="(.*)"/;
const codename = /VERSION_CODENAME="?([^"\n]+)"?/;

const derivatives: readonly Derivative[] = [
  { words: ['Debian', 'Raspbian'], name: 'Debian', release: /PRETTY_NAME=[^(]+ \(?([^)]+?)\)/ },
  { words: ['Ubuntu'], name: 'Ubuntu' },
  { words: ['SteamOS'], name: 'SteamOS' },
  { words: ['Kali'], name: 'Kali', release: /DISTRIB_RELEASE=(.*)/ },
  { words: ['Parrot'], name: 'Parrot', release: /DISTRIB_RELEASE=(.*)/ },
  {
    words: ['Devuan'],
    name: 'Devuan',
    release: /PRETTY_NAME="?[^("]+ \(?([^) "]+)\)?/,
    version: quotedVersion,
  },
  {
    words: ['Cumulus'],
    name: 'Cumulus Linux',
    release: /VERSION="(.*)"/,
    version: /VERSION_ID=(.*)/,
    splitVersion: true,
  },
  { words: ['Mint'], name: 'Linux Mint', version: quotedVersion, splitVersion: true },
  { words: ['UOS', 'Uos', 'uos'], name: 'Uos', release: codename, version: quotedVersion, splitVersion: true },
  { words: ['Deepin', 'deepin'], name: 'Deepin', release: codename, version: quotedVersion, splitVersion: true },
];

/** Debian and what comes from it; undefined if the file is none of theirs. */
export function parseDebian(text: string, host: Gathered): Facts | undefined {
  const found = derivatives.find(({ words }) => words.some((word) => text.includes(word)));
  if (!found) return undefined;
  const facts: Facts = { distribution: found.name };
  const release = found.release && capture(found.release, text);
  if (release !== undefined) facts['distribution_release'] = release;
  const version = found.version && capture(found.version, text);
  if (version !== undefined) {
    facts['distribution_version'] = version;
    facts['distribution_major_version'] = found.splitVersion ? version.split('.')[0]! : version;
  }
  const minor = capture(/\d+\.(\d+)/, host.file('/etc/debian_version'));
  if (found.name === 'Debian' && minor !== undefined) facts['distribution_minor_version'] = minor;
  return facts;
}
