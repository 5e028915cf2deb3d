import { join } from 'node:path';
import type { Raw } from '../model/value.ts';
import type { YamlNode } from '../yaml/types.ts';
import { collectionsOf } from './collections.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import { readKeywords } from './read-keywords.ts';
import { roleFile } from './role-files.ts';
import { entryOf, isEmpty } from './yaml-access.ts';

/** What a role says of itself in meta/main. */
export interface RoleMeta {
  readonly allowDuplicates: boolean;
  readonly collections: readonly string[];
  readonly dependencies: readonly YamlNode[];
  readonly argumentSpecs?: YamlNode | undefined;
}

const NOTHING: RoleMeta = { allowDuplicates: false, collections: [], dependencies: [] };

export function readMeta(loader: Loader, role: string): RoleMeta {
  const path = roleFile(role, 'meta', undefined, { file: join(role, 'meta'), line: 1, column: 1 });
  const node = path === undefined ? undefined : loader.read(path);
  if (!node || isEmpty(node)) return NOTHING;
  if (node.kind !== 'map') {
    throw problem(`the 'meta/main.yml' of a role must be a dictionary, but is a ${kindOf(node)}`, node.position);
  }
  const found = readKeywords(loader, 'RoleMetadata', node.entries);
  return {
    allowDuplicates: found.get('allow_duplicates') === true,
    collections: collectionsOf(found.get('collections') as Raw[] | undefined, []),
    dependencies: dependenciesOf(entryOf(node, 'dependencies')?.node),
    argumentSpecs: entryOf(node, 'argument_specs')?.node,
  };
}

function dependenciesOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (!node || isEmpty(node)) return [];
  if (node.kind === 'seq') return node.items;
  throw problem('Expected role dependencies to be a list.', node.position, 'start each with `- `');
}
