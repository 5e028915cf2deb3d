import { join, relative } from 'node:path';
import type { EntryName } from '../../model/shared.ts';

/** Where an entry stands below the folder of its store. */
export function pathOf(folder: string, { cluster, kind, owner }: EntryName): string {
  return join(folder, cluster, kind, escaped(owner));
}

/** Undefined for a file that no entry can have. */
export function nameOfFile(folder: string, path: string): EntryName | undefined {
  const [cluster, kind, file, ...more] = relative(folder, path).split('/');
  if (cluster === undefined || kind === undefined || file === undefined || more.length > 0) return undefined;
  try {
    return { cluster, kind, owner: decodeURIComponent(file) };
  } catch {
    return undefined;
  }
}

/** Names of hosts may be anything; a file's has no slash, and no dot first. */
function escaped(name: string): string {
  return encodeURIComponent(name).replace(/^\./, '%2E');
}
