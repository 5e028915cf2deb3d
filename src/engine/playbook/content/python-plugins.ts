import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginKind } from '../../model/value.ts';
import { splitFullName } from '../collections.ts';
import { shownPath } from '../loader.ts';
import type { ContentFolder, ContentFolders } from './folders.ts';
import { pythonEntry } from './python.ts';

/** Where the content has a filter, test or lookup of that name in Python: `filter_plugins/x.py:12`. */
export function findInPython(
  folders: ContentFolders,
  kind: PluginKind,
  folder: ContentFolder,
  name: string,
): string | undefined {
  const full = splitFullName(name);
  const own = full && folders.collections().find((collection) => collection.name === full.collection);
  const searched = own ? [join(own.path, 'plugins', kind)] : folders.of(folder);
  const wanted = full ? full.rest : name;
  for (const path of searched) {
    for (const file of pythonFiles(folders, path)) {
      const line = lineOf(kind, join(path, file), wanted);
      if (line !== undefined) return `${shownPath(join(path, file))}:${line}`;
    }
  }
  return undefined;
}

/** Names of lookups in Python; a lookup is called as its file. */
export function pythonFiles(folders: ContentFolders, folder: string): string[] {
  return folders.list(folder).filter((file) => file.endsWith('.py') && file !== '__init__.py');
}

function lineOf(kind: PluginKind, path: string, name: string): number | undefined {
  if (kind === 'lookup') return path.endsWith(`/${name}.py`) ? 1 : undefined;
  return pythonEntry(readFileSync(path, 'utf8'), name);
}
