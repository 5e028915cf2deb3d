import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { findInCollection, splitFullName } from './collections.ts';
import { expandHome } from './home.ts';
import { nearestRole } from './role-names.ts';
import type { Site } from './site.ts';

export interface RolePlace {
  /** With its collection in front, if it has one. */
  readonly name: string;
  readonly path: string;
  readonly collection?: string | undefined;
}

const DEFAULT_PATHS = ['~/.ansible/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'];

/**
 * Finds a role by its name, full name or path: in collections, then beside the playbook, in the configured folders,
 * beside the role that needs it. Throws TsplayError naming the folders.
 */
export function findRole(site: Site, name: string, position: Position): RolePlace {
  const inCollection = findCollectionRole(site, name);
  if (inCollection) return inCollection;
  const folders = roleFolders(site);
  // An absolute path is found in any folder, and stays the role's name.
  const found = folders.map((folder) => resolve(folder, name)).find((each) => existsSync(each));
  if (found !== undefined) return { name, path: found };
  const here = resolve(expandHome(name));
  if (existsSync(here)) return { name: basename(name), path: here };
  const searched = [...collectionsToSearch(site), ...folders].join(':');
  throw new TsplayError('missing', `the role '${name}' was not found in ${searched}`, {
    position,
    hint: nearestRole(name, folders),
  });
}

function findCollectionRole(site: Site, name: string): RolePlace | undefined {
  const full = splitFullName(name);
  if (full) return placeIn(site, full.collection, full.rest);
  if (!/^\w+$/.test(name)) return undefined;
  for (const collection of collectionsToSearch(site)) {
    const found = placeIn(site, collection, name);
    if (found) return found;
  }
  return undefined;
}

function collectionsToSearch(site: Site): readonly string[] {
  return site.collections.filter((name) => name !== 'ansible.legacy' && name !== 'ansible.builtin');
}

function placeIn(site: Site, collection: string, role: string): RolePlace | undefined {
  const path = findInCollection(site, collection, 'roles', ...role.split('.'));
  return path === undefined ? undefined : { name: `${collection}.${role}`, path, collection };
}

function roleFolders(site: Site): string[] {
  const { rolePaths, ownRolePaths = [] } = site.loader.options;
  const configured = [...(rolePaths?.length ? rolePaths : DEFAULT_PATHS), ...ownRolePaths].map(expandHome);
  const beside = site.role ? [dirname(site.role.path)] : [];
  return [...new Set([join(site.directory, 'roles'), ...configured, ...beside, site.directory])];
}
