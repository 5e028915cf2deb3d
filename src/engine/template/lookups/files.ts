import type { Value } from '../../model/value.ts';
import { basename, dirname, join } from '../filters/paths/posix.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { readForLookup } from '../vaulted-file.ts';
import { boolOption } from './options.ts';
import { findFile, globFiles, searchFolders } from './search.ts';

export const lookups: Lookups = {
  file(terms, options, { scope: { world } }) {
    return terms.map((term) => {
      const content = readForLookup(requireFile(term, 'files', 'file', world), world);
      const left = boolOption(options, 'lstrip', false) ? content.trimStart() : content;
      return boolOption(options, 'rstrip', true) ? left.trimEnd() : left;
    });
  },
  fileglob(terms, _options, { scope: { world } }) {
    return terms.map(pyStr).flatMap((term) => {
      const found = basename(term) === term ? undefined : findFile(world, 'files', dirname(term));
      const folders = basename(term) === term ? searchFolders(world, 'files') : found === undefined ? [] : [found];
      return folders.map((folder) => globFiles(join(folder, basename(term)))).find((files) => files.length > 0) ?? [];
    });
  },
  unvault(terms, _options, { scope: { world } }) {
    return terms.map((term) => readForLookup(requireFile(term, 'files', 'unvault', world), world));
  },
};

/** The path of a file that a lookup needs. Throws with the folders that were searched. */
export function requireFile(term: Value, kind: string, lookup: string, world: Context['scope']['world']): string {
  const name = pyStr(term);
  const found = findFile(world, kind, name);
  if (found !== undefined) return found;
  const searched =
    name.startsWith('/') || name.startsWith('~') ? undefined : `searched in ${searchFolders(world, kind).join(', ')}`;
  return fail(`the ${lookup} lookup found no file '${name}'`, searched);
}
