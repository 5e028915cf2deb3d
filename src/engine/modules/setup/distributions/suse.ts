import type { Facts } from '../collector.ts';
import { capture, type Gathered } from '../gathered.ts';

/** openSUSE and SUSE Linux Enterprise; undefined if the file is not theirs. */
export function parseSuse(text: string, path: string, host: Gathered, guess: Facts): Facts | undefined {
  if (!text.toLowerCase().includes('suse')) return undefined;
  const facts = path === '/etc/os-release' ? fromOsRelease(text) : fromSuseRelease(text, guess);
  const forSap = host.section('baseproduct')?.trim().endsWith('SLES_SAP.prod');
  return forSap ? { ...facts, distribution: 'SLES_SAP' } : facts;
}

function fromOsRelease(text: string): Facts {
  const facts: Facts = {};
  const name = capture(/^NAME=(.*)/m, text)?.replaceAll('"', '');
  if (name !== undefined) facts['distribution'] = name;
  const version = capture(/^VERSION_ID="?([0-9]+\.?[0-9]*)"?/m, text);
  if (version === undefined) return facts;
  facts['distribution_version'] = version;
  facts['distribution_major_version'] = version.split('.')[0]!;
  const minor = version.split('.')[1] ?? '';
  const lower = text.toLowerCase();
  if (lower.includes('open')) facts['distribution_release'] = minor;
  else if (lower.includes('enterprise')) facts['distribution_release'] = minor || '0'; // the first of a series has none
  return facts;
}

function fromSuseRelease(text: string, guess: Facts): Facts {
  const facts: Facts = {};
  const lower = text.toLowerCase();
  if (lower.includes('open')) {
    facts['distribution'] = text.split(/\s+/)[0]!;
    const release = capture(/CODENAME *= *([^\n]+)/, text);
    if (release !== undefined) facts['distribution_release'] = release.trim();
  } else if (lower.includes('enterprise')) {
    if (text.includes('Server')) facts['distribution'] = 'SLES';
    else if (text.includes('Desktop')) facts['distribution'] = 'SLED';
    const patch = capture(/PATCHLEVEL = ([0-9]+)/, text);
    if (patch !== undefined) {
      facts['distribution_release'] = patch;
      facts['distribution_version'] = `${String(guess['distribution_version'])}.${patch}`;
    }
  }
  return facts;
}
