import { existsSync, readFileSync } from 'node:fs';
import { TsplayError } from '../../engine/model/errors.ts';
import { actionTable } from '../../engine/modules/registry.ts';
import type { ActionTable } from '../../engine/playbook/types.ts';
import { parseYaml } from '../../engine/yaml/parse.ts';
import { toValue } from '../../engine/yaml/to-value.ts';
import type { Env } from './config.ts';

const SYSTEM_FILE = '/etc/ansible/plugin_filters.yml';
const BUILTIN = /^ansible\.(?:builtin|legacy)\./;

/**
 * Modules that an administrator does not let run: `module_rejectlist` of the file that `plugin_filters_cfg` names.
 * Throws TsplayError for a list that Ansible could not work with.
 */
export function rejectedModules(env: Env): ReadonlySet<string> {
  const file = env['PLUGIN_FILTERS_CFG'] ?? SYSTEM_FILE;
  if (!existsSync(file)) return new Set();
  const node = parseYaml(readFileSync(file, 'utf8'), file);
  const content = node && toValue(node);
  if (!(content instanceof Map)) throw new TsplayError('usage', `${file} is no dictionary with filter_version`);
  const list = content.get('module_rejectlist') ?? content.get('module_blacklist') ?? [];
  if (!Array.isArray(list)) throw new TsplayError('usage', `module_rejectlist of ${file} is no list`);
  const names = new Set(list.map((name) => String(name).replace(BUILTIN, '')));
  if (names.has('stat')) {
    throw new TsplayError(
      'usage',
      `The stat module was specified in the module reject list file, ${file}, but Ansible will not function without the stat module.  Please remove stat from the reject list.`,
    );
  }
  return names;
}

/** All actions but those that are rejected. */
export function actionsWithout(rejected: ReadonlySet<string>): ActionTable {
  if (rejected.size === 0) return actionTable;
  const isRejected = (name: string) => rejected.has(name.replace(BUILTIN, ''));
  return {
    resolve: (name) => (isRejected(name) ? undefined : actionTable.resolve(name)),
    knownIn: (name) => (isRejected(name) ? undefined : actionTable.knownIn?.(name)),
    names: () => [...actionTable.names()].filter((name) => !isRejected(name)),
  };
}
