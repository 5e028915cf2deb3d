import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '../model/source.ts';
import { shortName } from './builtin-actions.ts';
import { findInCollection, splitFullName } from './collections.ts';
import { type Loader, shownPath } from './loader.ts';
import type { Site } from './site.ts';

const PLUGIN_FOLDERS = [
  'action_plugins',
  'become_plugins',
  'cache_plugins',
  'callback_plugins',
  'connection_plugins',
  'filter_plugins',
  'inventory_plugins',
  'lookup_plugins',
  'module_utils',
  'strategy_plugins',
  'test_plugins',
  'vars_plugins',
];

/**
 * Path of a module in Python, as messages show it: of an installed collection, or one that comes with the role or
 * playbook or lies in a configured folder of modules.
 */
export function pythonModule(site: Site, name: string): string | undefined {
  const full = splitFullName(name);
  const file = `${full?.rest ?? name}.py`;
  const candidates =
    full && !name.startsWith('ansible.')
      ? ['modules', 'action'].map((kind) => findInCollection(site, full.collection, 'plugins', kind, file))
      : besideContent(site, shortName(file));
  const path = candidates.find((each) => each !== undefined && existsSync(each));
  return path && shownPath(path);
}

function besideContent({ role, directory, loader }: Site, file: string): string[] {
  const folders = [role?.path, directory].filter((folder) => folder !== undefined);
  return [
    ...folders.flatMap((folder) => [join(folder, 'library', file), join(folder, 'action_plugins', file)]),
    ...(loader.options.modulePaths ?? []).map((folder) => join(folder, file)),
  ];
}

/** Says once which plugins in Python lie in a folder of a playbook or role: they are not run. */
export function warnOfPlugins(loader: Loader, folder: string, position: Position): void {
  for (const name of PLUGIN_FOLDERS) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    const files = readdirSync(path).filter((file) => file.endsWith('.py') && file !== '__init__.py');
    if (files.length > 0) {
      loader.warn(
        `${shownPath(path)} holds plugins in Python (${files.join(', ')}), which tsplay does not run`,
        position,
      );
    }
  }
}
