import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Raw } from '../model/value.ts';
import { expandHome } from './home.ts';
import type { Site } from './site.ts';

/** The collections that a `collections:` keyword names (templates in it are not allowed), else those around. */
export function collectionsOf(own: readonly Raw[] | undefined, around: readonly string[]): readonly string[] {
  return own ? own.filter((name) => typeof name === 'string') : around;
}

/** The collection in whose `playbooks` a folder lies: short names are looked up there first. */
export function collectionOfPlaybook(directory: string): string | undefined {
  const match = /ansible_collections\/(\w+)\/(\w+)\/playbooks(\/|$)/.exec(directory);
  return match ? `${match[1]}.${match[2]}` : undefined;
}

const DEFAULT_PATHS = ['~/.ansible/collections', '/usr/share/ansible/collections'];

/** A folder of a collection (`roles/x`, `playbooks/y.yml`), where one of the collection folders has it. */
export function findInCollection(site: Site, collection: string, ...parts: string[]): string | undefined {
  const [namespace, name] = collection.split('.');
  if (!namespace || !name) return undefined;
  const folders = [join(site.directory, 'collections'), ...(site.loader.options.collectionsPaths ?? DEFAULT_PATHS)];
  return folders
    .map((folder) => join(expandHome(folder), 'ansible_collections', namespace, name, ...parts))
    .find((path) => existsSync(path));
}

/** `ns.collection.thing` in its parts, if it is such a name. */
export function splitFullName(name: string): { collection: string; rest: string } | undefined {
  const match = /^([A-Za-z_]\w*\.[A-Za-z_]\w*)\.([\w.-]+)$/.exec(name);
  return match ? { collection: match[1]!, rest: match[2]! } : undefined;
}
