import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { statPath } from '../../yaml/stat-path.ts';

export interface Entry {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** Files and folders of a folder, sorted, links followed; hidden ones, sockets and the like left out. */
export function entriesOf(folder: string): Entry[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('~'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      const kind = kindOf(path, entry);
      return kind ? [{ name: entry.name, path, kind }] : [];
    });
}

/** All files below a folder. Links that lead into a circle are followed once. */
export function filesBelow(folder: string, seen = new Set<string>()): string[] {
  if (!isFolder(folder)) return [];
  const real = realpathSync(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  return entriesOf(folder).flatMap(({ kind, path }) => (kind === 'file' ? [path] : filesBelow(path, seen)));
}

export function isFile(path: string): boolean {
  return statPath(path)?.isFile() ?? false;
}

export function isFolder(path: string): boolean {
  return statPath(path)?.isDirectory() ?? false;
}

function kindOf(path: string, entry: Dirent): Entry['kind'] | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return undefined;
  if (isFile(path)) return 'file';
  return isFolder(path) ? 'folder' : undefined;
}
