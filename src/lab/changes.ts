import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode, labError } from './errors.ts';
import { readIfThere, writeWhole } from './files.ts';
import { overlayFolders } from './overlay.ts';

export interface HostChange {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
}

/** What a host writes by itself at any time: the records of logins and services, and systemd's own notes. */
const OWN_RECORDS =
  /^\/(var\/log\/(journal|wtmp|btmp|lastlog|wtmp\.db|private)|var\/lib\/(lastlog|wtmpdb|systemd)|var\/tmp\/systemd-private-[^/]*|run|tmp|proc|sys|dev)(\/|$)/;

/** Remembers how a host that has just booted differs from its image. */
export function takeBaseline(image: string, folder: string, baseline: string): void {
  writeWhole(baseline, JSON.stringify([...differences(image, folder)]));
}

/** What of a file counts: all, or all but the time of its content. */
export type Regard = 'all' | 'content';

/** What a host changed against its image, but for what booting changed; sorted by path. Its overlay must be mounted. */
export function listChanges(image: string, folder: string, baseline: string, regard: Regard = 'all'): HostChange[] {
  const text = readIfThere(baseline);
  if (text === undefined) throw labError('the host never finished booting', 'make it anew: tsplay lab reset HOST');
  const booted = new Map(JSON.parse(text) as [string, string][]);
  const now = differences(image, folder);
  const same = (one: string | undefined, other: string | undefined) =>
    one === other || (regard === 'content' && untimed(one) === untimed(other));
  const changed = [...now].filter(([path, signature]) => {
    const before = booted.get(path) ?? signatureOf(join(image, path));
    return !same(before, signature);
  });
  const undone = [...booted.keys()].filter((path) => !now.has(path));
  return [...changed.map(([path]) => path), ...undone]
    .filter((path) => !OWN_RECORDS.test(path))
    .sort()
    .map((path) => ({ path, kind: kindOf(path, image, folder) }));
}

function kindOf(path: string, image: string, folder: string): HostChange['kind'] {
  if (!look(join(overlayFolders(folder).merged, path))) return 'removed';
  return look(join(image, path)) ? 'changed' : 'added';
}

/** Every path that differs from the image, with what it is now. */
function differences(image: string, folder: string): Map<string, string> {
  const { upper, merged } = overlayFolders(folder);
  const found = new Map<string, string>();
  walk('');
  return found;

  // Only what the host wrote lies in `upper`, so only that is walked.
  function walk(path: string): void {
    for (const name of readdirSync(join(upper, path))) compare(`${path}/${name}`);
    const before = look(join(image, path))?.isDirectory() ? readdirSync(join(image, path)) : [];
    for (const name of before) {
      if (!look(join(merged, path, name))) found.set(`${path}/${name}`, 'removed');
    }
  }

  function compare(path: string): void {
    const now = look(join(merged, path));
    if (!now) return; // a white-out; its folder reports it
    const signature = describe(join(merged, path), now);
    const before = look(join(image, path));
    if (!before || describe(join(image, path), before) !== signature) found.set(path, signature);
    if (now.isDirectory()) walk(path);
  }
}

/** All that counts of a file. The time of a folder does not: it follows from its entries. */
function describe(path: string, stats: Stats): string {
  const owner = `${stats.mode.toString(8)} ${stats.uid}:${stats.gid}`;
  if (stats.isDirectory()) return owner;
  if (stats.isSymbolicLink()) return `${owner} ${readlinkSync(path)}`;
  if (!stats.isFile()) return `${owner} ${stats.rdev}`;
  return `${owner} ${stats.mtimeMs} ${digestOf(path)}`;
}

/** The digests of files by their versions: hosts keep large files that seldom change. */
const digests = new Map<string, string>();

function digestOf(path: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
  const version = [dev, ino, size, mtimeNs, ctimeNs].join();
  const known = digests.get(version);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  digests.set(version, digest);
  return digest;
}

function signatureOf(path: string): string | undefined {
  const stats = look(path);
  return stats && describe(path, stats);
}

function untimed(signature: string | undefined): string | undefined {
  return signature?.replace(/ [\d.]+ (?=[0-9a-f]{64}$)/, ' ');
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
