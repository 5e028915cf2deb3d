import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '../model/source.ts';
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

/** Path of a module in Python that comes with the role or playbook, as messages show it. */
export function pythonModule(site: Site, name: string): string | undefined {
  const file = `${name.split('.').at(-1)}.py`;
  return [site.role?.path, site.directory]
    .flatMap((folder) => (folder ? [join(folder, 'library', file), join(folder, 'action_plugins', file)] : []))
    .filter((path) => existsSync(path))
    .map(shownPath)[0];
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
