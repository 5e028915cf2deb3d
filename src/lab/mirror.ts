import { readdirSync } from 'node:fs';
import { readIfThere } from './files.ts';

/** One archive and one of its suites: `http://deb.debian.org/debian`, `bookworm-updates`. */
export interface AptSource {
  readonly uri: string;
  readonly suite: string;
}

export interface Mirror {
  /** Archive to build from. */
  readonly base: string;
  /** Lines for the hosts' sources.list. */
  readonly lines: readonly string[];
}

/** What Debian itself names when this machine has no Debian sources of its own. */
const OFFICIAL: readonly AptSource[] = [
  { uri: 'http://deb.debian.org/debian', suite: 'stable' },
  { uri: 'http://deb.debian.org/debian', suite: 'stable-updates' },
  { uri: 'http://deb.debian.org/debian-security', suite: 'stable-security' },
];

/** The archives this machine uses, for another release: its mirror is known to be in reach. */
export function mirrorFor(release: string, sources = readAptSources(), ownRelease = readOwnRelease()): Mirror {
  const own = sources.filter(({ suite }) => suite === ownRelease || suite.startsWith(`${ownRelease}-`));
  const [known, codename] = own.some(({ suite }) => suite === ownRelease) ? [own, ownRelease] : [OFFICIAL, 'stable'];
  const base = known.find(({ suite }) => suite === codename)?.uri ?? '';
  const wanted = known.filter(({ suite }) => /^(|-updates|-security)$/.test(suite.slice(codename.length)));
  const lines = wanted.map(({ uri, suite }) => `deb ${uri} ${release}${suite.slice(codename.length)} main`);
  return { base, lines: [...new Set(lines)] };
}

/** Sources of both spellings: one-line `.list` and deb822 `.sources`. */
export function parseAptSources(text: string, format: 'list' | 'sources'): AptSource[] {
  return format === 'list' ? parseList(text) : parseDeb822(text);
}

function parseList(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const [, uri, suite] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
    return uri && suite ? [{ uri: trimSlash(uri), suite }] : [];
  });
}

function parseDeb822(text: string): AptSource[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name: string) =>
      new RegExp(`^${name}:((?:.*)(?:\\n[ \\t].*)*)`, 'im').exec(paragraph)?.[1]?.trim().split(/\s+/) ?? [];
    if (!field('Types').includes('deb') || field('Enabled')[0] === 'no') return [];
    return field('URIs').flatMap((uri) => field('Suites').map((suite) => ({ uri: trimSlash(uri), suite })));
  });
}

function trimSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}

function readAptSources(): AptSource[] {
  const folder = '/etc/apt/sources.list.d';
  const files = listIfThere(folder).map((name) => `${folder}/${name}`);
  return ['/etc/apt/sources.list', ...files].flatMap((path) => {
    const format = /\.(list|sources)$/.exec(path)?.[1];
    if (format !== 'list' && format !== 'sources') return [];
    return parseAptSources(readIfThere(path) ?? '', format);
  });
}

function listIfThere(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Codename of this machine, if it is a Debian. */
function readOwnRelease(): string {
  const text = readIfThere('/etc/os-release') ?? '';
  return (/^ID=debian$/m.test(text) && /^VERSION_CODENAME=(\S+)$/m.exec(text)?.[1]) || '';
}
