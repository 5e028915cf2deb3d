import { extname, join } from 'node:path';
import type { ContentFolders } from './folders.ts';

const ENDINGS: readonly string[] = ['.ts', '.mts', '.mjs', '.js', '.py'];

/** The file of a lookup of the content, which has its name; one in Python only if there is no other. */
export function findLookupFile(folders: ContentFolders, name: string): string | undefined {
  for (const folder of folders.of('lookup_plugins')) {
    const files = folders
      .list(folder)
      .filter((file) => ENDINGS.includes(extname(file)) && file.slice(0, -extname(file).length) === name)
      .sort((a, b) => ENDINGS.indexOf(extname(a)) - ENDINGS.indexOf(extname(b)));
    if (files[0] !== undefined) return join(folder, files[0]);
  }
  return undefined;
}
