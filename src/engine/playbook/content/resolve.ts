import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shortName } from '../builtin-actions.ts';
import { routeOf } from '../collection-routing.ts';
import { findInCollection, isOwnCollection, splitFullName } from '../collections.ts';
import { shownPath } from '../loader.ts';
import type { Site } from '../site.ts';
import type { ActionInfo } from '../types.ts';
import { findModuleFile, type ModuleFile } from './module-file.ts';

/** What a name of an action stands for. */
export interface Resolved {
  readonly info?: ActionInfo | undefined;
  /** Why it cannot be run, if the content has it and it cannot: `is in Python (library/x.py:3)`. */
  readonly foreign?: string | undefined;
  /** It was taken out of its collection: what the collection says of that. */
  readonly removed?: string | undefined;
}

const NOTHING: Resolved = {};

/**
 * Finds what an action's name stands for, as Ansible searches: for a short name the collections around, then modules
 * beside the content, then those built in.
 */
export function resolveModule(site: Site, written: string, collections: readonly string[]): Resolved {
  if (!written.includes('.')) {
    for (const collection of collections) {
      if (isOwnCollection(collection)) continue;
      const found = inCollection(site, `${collection}.${written}`);
      if (found !== NOTHING) return found;
    }
  }
  if (splitFullName(written) && !written.startsWith('ansible.legacy.')) return inCollection(site, written);
  return besideContent(site, shortName(written), written);
}

function besideContent(site: Site, name: string, written: string): Resolved {
  const { content, options } = site.loader;
  const file = findModuleFile(content, content.of('library'), name);
  return (
    judge(name, file, pythonAction(content.of('action_plugins'), name)) ?? builtin(options.actions.resolve(written))
  );
}

function builtin(info: ActionInfo | undefined): Resolved {
  return info ? { info } : NOTHING;
}

function inCollection(site: Site, written: string): Resolved {
  const { name, removed, deprecations } = routeOf(site, 'modules', written);
  for (const notice of deprecations) site.loader.warn(notice);
  if (removed !== undefined) return { removed };
  const full = splitFullName(name);
  if (!full) return besideContent(site, name, name);
  const { actions } = site.loader.options;
  if (full.collection === 'ansible.builtin') return builtin(actions.resolve(name));
  const folders = ['modules', 'action'].map((kind) => findInCollection(site, full.collection, 'plugins', kind) ?? '');
  const [place, file] = [full.rest.split('.').slice(0, -1), full.rest.split('.').at(-1)!];
  const [modules, action] = folders.map((folder) => (folder === '' ? [] : [join(folder, ...place)]));
  const found = judge(name, findModuleFile(site.loader.content, modules!, file), pythonAction(action!, file));
  if (found?.info) return found;
  const own = actions.resolve(name);
  // What tsplay has of a collection does as its Python does.
  return own ? { info: own } : (found ?? NOTHING);
}

/** A definition counts before everything, since it may be there to take Python's place. */
function judge(name: string, file: ModuleFile | undefined, action: string | undefined): Resolved | undefined {
  if (file?.kind === 'definition') return { info: { name, args: {}, source: file.path } };
  if (action !== undefined) return { foreign: `has an action plugin in Python (${shownPath(action)})` };
  if (!file) return undefined;
  if (file.kind === 'foreign') return { foreign: file.reason };
  return { info: { name, args: {}, source: file.path } };
}

function pythonAction(folders: readonly string[], name: string): string | undefined {
  return folders.map((folder) => join(folder, `${name}.py`)).find((path) => existsSync(path));
}
