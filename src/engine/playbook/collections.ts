import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Raw } from '../model/value.ts';
import type { ContentFolders } from './content/folders.ts';
import { expandHome } from './home.ts';
import type { LoadOptions } from './types.ts';

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

/** Where collections are looked for: beside a playbook, and in the configured folders. */
export interface CollectionPlaces {
  readonly directory: string;
  readonly loader: {
    readonly options: Pick<LoadOptions, 'collectionsPaths'>;
    readonly content?: Pick<ContentFolders, 'besidePlaybooks'>;
  };
}

/** A folder of a collection (`roles/x`, `playbooks/y.yml`), where one of the collection folders has it. */
export function findInCollection(
  { directory, loader }: CollectionPlaces,
  collection: string,
  ...parts: string[]
): string | undefined {
  const [namespace, name] = collection.split('.');
  if (!namespace || !name) return undefined;
  const beside = [join(directory, 'collections'), ...(loader.content?.besidePlaybooks('collections') ?? [])];
  const folders = [...beside, ...(loader.options.collectionsPaths ?? DEFAULT_PATHS)];
  return folders
    .map((folder) => join(expandHome(folder), 'ansible_collections', namespace, name, ...parts))
    .find((path) => existsSync(path));
}

/** The file of a playbook that is named with its collection (`ns.collection.site`, `.yml` or not). */
export function findPlaybookInCollection(places: CollectionPlaces, name: string): string | undefined {
  const [, bare = name, ownEnding] = /^(.*)(\.ya?ml)$/.exec(name) ?? [];
  const full = splitFullName(bare);
  if (!full) return undefined;
  const path = full.rest.split('.').join('/');
  return (ownEnding ? [ownEnding] : ['.yml', '.yaml'])
    .map((ending) => findInCollection(places, full.collection, 'playbooks', `${path}${ending}`))
    .find((found) => found !== undefined);
}

/** Ansible's own names for what is built in, and for what lies beside the content. */
export function isOwnCollection(name: string): boolean {
  return name === 'ansible.builtin' || name === 'ansible.legacy';
}

/** `ns.collection.thing` in its parts, if it is such a name. */
export function splitFullName(name: string): { collection: string; rest: string } | undefined {
  const match = /^([A-Za-z_]\w*\.[A-Za-z_]\w*)\.([\w.-]+)$/.exec(name);
  return match ? { collection: match[1]!, rest: match[2]! } : undefined;
}
