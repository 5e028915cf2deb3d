import { existsSync, readdirSync } from 'node:fs';
import type { World } from '../../model/value.ts';
import { statPath } from '../../yaml/stat-path.ts';
import { join, normpath } from '../filters/paths/posix.ts';
import { expandUser } from '../filters/paths/user.ts';
import { shellPattern } from '../shell-pattern.ts';

/** Folders where the file of a task may stand, in Ansible's order: each base with its `kind` folder first. */
export function searchFolders(world: World, kind: string): string[] {
  const bases = [...world.searchPath, world.playbookDir];
  return [...new Set(bases.flatMap((base) => [join(base, kind), base]))];
}

/** The absolute path of the first file or folder of that name, or undefined. */
export function findFile(world: World, kind: string, name: string): string | undefined {
  const expanded = expandUser(name, world.env);
  if (expanded.startsWith('/')) return existsSync(expanded) ? normpath(expanded) : undefined;
  return searchFolders(world, kind)
    .map((folder) => normpath(join(folder, expanded)))
    .find((path) => existsSync(path));
}

/** Files (no folders) that a shell pattern names, sorted; `**` means the same as `*`. */
export function globFiles(pattern: string): string[] {
  return globPaths(pattern).filter(isFile);
}

function globPaths(pattern: string): string[] {
  const parts = pattern.split('/');
  let paths = [pattern.startsWith('/') ? '/' : ''];
  for (const part of parts) {
    if (part === '') continue;
    paths = paths.flatMap((path) => expandPart(path, part));
  }
  return paths.sort();
}

function expandPart(folder: string, part: string): string[] {
  if (!/[*?[]/.test(part)) return existsSync(join(folder, part)) ? [join(folder, part)] : [];
  const matches = shellPattern(part);
  return list(folder || '.')
    .filter((name) => (!name.startsWith('.') || part.startsWith('.')) && matches.test(name))
    .map((name) => join(folder, name));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statPath(path)?.isFile() ?? false;
}
