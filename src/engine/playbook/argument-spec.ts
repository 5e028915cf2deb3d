import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ArgumentSpec } from '../model/playbook.ts';
import { toValue } from '../yaml/to-value.ts';
import type { YamlNode } from '../yaml/types.ts';
import type { Loader } from './loader.ts';
import type { RoleMeta } from './role-meta.ts';
import { entryOf, stringOf } from './yaml-access.ts';

/** What a role declares of its parameters for an entry point: meta/argument_specs before what meta/main holds. */
export function argumentSpecOf(
  loader: Loader,
  role: string,
  meta: RoleMeta,
  entryPoint: string,
): ArgumentSpec | undefined {
  const spec = member(ownFile(loader, role) ?? meta.argumentSpecs, entryPoint);
  if (!spec) return undefined;
  const options = member(spec, 'options');
  return {
    entryPoint,
    description: stringOf(member(spec, 'short_description')),
    // Defaults and descriptions in it are data, not templates.
    options: options ? toValue(options) : new Map(),
  };
}

function ownFile(loader: Loader, role: string): YamlNode | undefined {
  const path = ['.yml', '.yaml', '.json']
    .map((ending) => join(role, 'meta', `argument_specs${ending}`))
    .find((each) => existsSync(each));
  return path === undefined ? undefined : member(loader.read(path), 'argument_specs');
}

function member(node: YamlNode | undefined, name: string): YamlNode | undefined {
  const found = node?.kind === 'map' ? entryOf(node, name)?.node : undefined;
  return found?.kind === 'scalar' && found.value === null ? undefined : found;
}
