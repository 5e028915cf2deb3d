import { lstatSync, type Stats, statSync } from 'node:fs';

/** What a path leads to; undefined if nothing can be there: no such file, a file where a folder should be, no path at all. */
export function statPath(path: string, { follow = true } = {}): Stats | undefined {
  try {
    return follow ? statSync(path) : lstatSync(path);
  } catch {
    return undefined;
  }
}
