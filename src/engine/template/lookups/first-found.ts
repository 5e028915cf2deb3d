import { Undefined, type Value } from '../../model/value.ts';
import { join } from '../filters/paths/posix.ts';
import type { Lookups } from '../types.ts';
import { fail, pyStr, typeName } from '../values.ts';
import { boolOption } from './options.ts';
import { findFile } from './search.ts';

type Options = ReadonlyMap<string, Value>;

interface Search {
  readonly candidates: string[];
  skip: boolean;
}

export const lookups: Lookups = {
  /** `_subdir` is what the task's module would search: `templates` under a template task, `files` unless said. */
  first_found(terms, options, { scope: { world } }) {
    const search: Search = { candidates: [], skip: boolOption(options, 'skip', false) };
    const wanted = terms.length > 0 ? terms : parts(options.get('files'), /[,;]/);
    for (const term of wanted) if (term !== undefined) addTerm(term, options, search);
    const folder = pyStr(options.get('_subdir') ?? 'files');
    for (const candidate of search.candidates) {
      const found = findFile(world, folder, candidate);
      if (found !== undefined) return [found];
    }
    if (search.skip) return [];
    return fail('No file was found when using first_found.', `tried ${search.candidates.join(', ') || 'nothing'}`);
  },
};

function addTerm(term: Value, options: Options, search: Search): void {
  // A name made of a variable that is not there is no candidate.
  if (term instanceof Undefined) return;
  if (Array.isArray(term)) {
    for (const member of term) addTerm(member, options, search);
    return;
  }
  if (typeof term !== 'string' && !(term instanceof Map)) {
    fail(`Invalid term supplied, can handle string, mapping or list of strings but got: ${typeName(term)}`);
  }
  const own = term instanceof Map ? new Map([...term].map(([key, value]) => [pyStr(key), value])) : undefined;
  const given = own ? new Map([...options, ...own]) : options;
  const names = parts(own ? given.get('files') : term, /[,;]/);
  const paths = parts(given.get('paths'), /[,:;]/);
  if (own) search.skip = boolOption(given, 'skip', false);
  const candidates = paths.length > 0 ? paths.flatMap((path) => names.map((name) => joined(path, name))) : names;
  search.candidates.push(...candidates.filter((candidate) => candidate !== undefined));
}

/** Names of a text or list, each cut at the separators; undefined stands for one that could not be told. */
function parts(value: Value | undefined, separators: RegExp): (string | undefined)[] {
  if (value === undefined || value === null) return [];
  if (value instanceof Undefined) return [undefined];
  return Array.isArray(value) ? value.flatMap((item) => parts(item, separators)) : pyStr(value).split(separators);
}

function joined(path: string | undefined, name: string | undefined): string | undefined {
  return path === undefined || name === undefined ? undefined : join(path, name);
}
