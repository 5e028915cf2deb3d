import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import type { YamlEntry, YamlMap } from '../yaml/types.ts';
import { BUILDERS } from './builders.ts';
import { builtinAction } from './builtin-actions.ts';
import { findPlaybookInCollection, splitFullName } from './collections.ts';
import { expandHome } from './home.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import { keywordValue, readKeywords } from './read-keywords.ts';
import type { Site } from './site.ts';
import { staticName } from './static-name.ts';
import { splitWords } from './words.ts';
import { keyName, stringOf } from './yaml-access.ts';

/** What the imports around a play add to it. */
export interface ImportedBy {
  readonly when: readonly Raw[];
  readonly tags: readonly Raw[];
  readonly vars: ReadonlyMap<string, Raw>;
  /** Playbooks that are being imported, outermost first; absolute paths. */
  readonly files: readonly string[];
}

export interface PlaybookImport {
  readonly path: string;
  readonly position: Position;
  readonly by: ImportedBy;
}

/** The entry of a play's mapping that makes it an import. */
export function importEntry(map: YamlMap): YamlEntry | undefined {
  return map.entries.find((entry) => builtinAction(keyName(entry)) === 'import_playbook');
}

const USED = new Set(['name', 'import_playbook', 'vars', 'when', 'tags']);

/** Reads `import_playbook: file` with what it hands on to the plays of the file. */
export function readImport(
  loader: Loader,
  map: YamlMap,
  entry: YamlEntry,
  directory: string,
  by: ImportedBy,
): PlaybookImport {
  const found = readKeywords(
    loader,
    'PlaybookInclude',
    map.entries.filter((each) => each !== entry),
  );
  for (const { key, keyPosition } of map.entries) {
    if (typeof key === 'string' && found.has(key) && !USED.has(key)) {
      loader.warn(`${key} on import_playbook has no effect; write it in the plays`, keyPosition);
    }
  }
  const vars = new Map([...(keywordValue<Map<string, Raw>>(found, 'vars') ?? []), ...by.vars]);
  const site: Site = { loader, build: BUILDERS, directory, isHandler: false, collections: [], playVars: vars };
  return {
    path: resolvePlaybook(site, entry),
    position: map.position,
    by: {
      when: [...by.when, ...(keywordValue<Raw[]>(found, 'when') ?? [])],
      tags: [...by.tags, ...(keywordValue<Raw[]>(found, 'tags') ?? [])],
      vars,
      files: by.files,
    },
  };
}

function resolvePlaybook(site: Site, { node, keyPosition }: YamlEntry): string {
  if (node.kind === 'scalar' && node.value === null)
    throw problem('playbook import parameter is missing', keyPosition, 'name a file');
  const text = stringOf(node);
  if (text === undefined) {
    throw problem(
      `playbook import parameter must be a string indicating a file path, got a ${kindOf(node)} instead`,
      node.position,
    );
  }
  const words = splitWords(text);
  if (words.length > 1) {
    throw problem('import_playbook takes the name of a file alone', node.position, 'put variables under `vars:`');
  }
  const name = staticName(site, site.loader.raw(node), 'import path', node.position).trim();
  if (name === '') throw problem('import_playbook statements must specify the file name to import', node.position);
  const path = isAbsolute(expandHome(name)) ? expandHome(name) : resolve(site.directory, name);
  return findPlaybookInCollection(site, name) ?? refuseMissing(name, path, node.position);
}

/** The path itself, unless the name can only be that of a collection's playbook and there is none. */
function refuseMissing(name: string, path: string, position: Position): string {
  const full = /\.(?:ya?ml|json)$/.test(name) ? undefined : splitFullName(name);
  if (!full || existsSync(path)) return path;
  throw new TsplayError('missing', `the playbook '${name}' was not found in the collection ${full.collection}`, {
    position,
    hint: `ansible-galaxy collection install ${full.collection}, or ANSIBLE_COLLECTIONS_PATH names the folder it is in`,
  });
}
