import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dict, type Value } from '../../model/value.ts';
import { join } from '../filters/paths/posix.ts';
import { shellPattern } from '../shell-pattern.ts';
import type { Lookups } from '../types.ts';
import { makeFloat, pyStr } from '../values.ts';
import { findFile } from './search.ts';

export const lookups: Lookups = {
  /** Folders, files and links below a folder, as data for `file`, `copy` and `template` tasks. */
  filetree(terms, options, { scope: { world } }) {
    const exclude = options.get('exclude') ?? null;
    const excluded = exclude === null ? undefined : shellPattern(pyStr(exclude));
    const owners = names('/etc/passwd');
    const groups = names('/etc/group');
    return terms.flatMap((term) => {
      const root = findFile(world, 'files', pyStr(term));
      if (root === undefined) return [];
      return walk(root, '')
        .filter((path) => !excluded?.test(path.slice(path.lastIndexOf('/') + 1)))
        .map((path) => describe(root, path, owners, groups));
    });
  },
};

function walk(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort(byName);
  return entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? [path, ...walk(root, path)] : [path];
  });
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

function describe(
  root: string,
  path: string,
  owners: ReadonlyMap<number, string>,
  groups: ReadonlyMap<number, string>,
): Value {
  const full = join(root, path);
  const stat = lstatSync(full);
  const state = stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'link' : 'file';
  return dict({
    root: `${root}/`,
    path,
    state,
    src: state === 'link' ? readlinkSync(full) : full,
    uid: stat.uid,
    gid: stat.gid,
    owner: owners.get(stat.uid) ?? stat.uid,
    group: groups.get(stat.gid) ?? stat.gid,
    mode: `0${(stat.mode & 0o7777).toString(8)}`,
    size: stat.size,
    mtime: makeFloat(stat.mtimeMs / 1000),
    ctime: makeFloat(stat.ctimeMs / 1000),
  });
}

/** Names by number from /etc/passwd or /etc/group. */
function names(file: string): Map<number, string> {
  const fields = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  return new Map(fields.filter((each) => each.length > 2).map(([name = '', , id]) => [Number(id), name]));
}
