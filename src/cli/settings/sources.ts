import { SourceCache } from '../../engine/inventory/cache.ts';
import { SOURCE_DEFAULTS, type SourceSettings } from '../../engine/inventory/source-settings.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Env } from '../run/config.ts';
import { expandHome, isTrue } from './convert.ts';

/** How inventory sources are read, by the environment that settings stand in. Throws TsplayError for a cache without a folder. */
export function sourceSettings(env: Env): SourceSettings {
  const on = (name: string, fallback: boolean) => (env[name] ? isTrue(env[name]) : fallback);
  const list = (name: string, fallback: readonly string[]) =>
    env[name] === undefined
      ? fallback
      : env[name]
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean);
  return {
    enabled: list('ANSIBLE_INVENTORY_ENABLED', SOURCE_DEFAULTS.enabled),
    yamlEndings: list('ANSIBLE_YAML_FILENAME_EXT', SOURCE_DEFAULTS.yamlEndings),
    ignoredEndings: list('ANSIBLE_INVENTORY_IGNORE', SOURCE_DEFAULTS.ignoredEndings),
    ignoredNames: list('ANSIBLE_INVENTORY_IGNORE_REGEX', []),
    failOnAny: on('ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED', false),
    whenNone: whenNone(on('ANSIBLE_INVENTORY_UNPARSED_FAILED', false), on('ANSIBLE_INVENTORY_UNPARSED_WARNING', true)),
    duplicateKeys: duplicateKeys(env['ANSIBLE_DUPLICATE_YAML_DICT_KEY']),
    showScriptErrors: on('ANSIBLE_INVENTORY_PLUGIN_SCRIPT_STDERR', true),
    useExtraVars: on('ANSIBLE_INVENTORY_USE_EXTRA_VARS', false),
    onMismatch: onMismatch(env['ANSIBLE_HOST_PATTERN_MISMATCH']),
    cache: on('ANSIBLE_INVENTORY_CACHE', false) ? cacheOf(env) : undefined,
  };
}

function whenNone(fails: boolean, warns: boolean): SourceSettings['whenNone'] {
  if (fails) return 'fail';
  return warns ? 'warn' : 'ignore';
}

function duplicateKeys(text: string | undefined): SourceSettings['duplicateKeys'] {
  return text === 'error' || text === 'ignore' ? text : 'warn';
}

function onMismatch(text: string | undefined): SourceSettings['onMismatch'] {
  return text === 'error' || text === 'ignore' ? text : 'warning';
}

/** The cache's own settings, and where they say nothing those of the facts' cache. */
function cacheOf(env: Env): SourceCache | undefined {
  const plugin = env['ANSIBLE_INVENTORY_CACHE_PLUGIN'] || env['ANSIBLE_CACHE_PLUGIN'] || 'memory';
  if (/^(?:ansible\.builtin\.)?memory$/.test(plugin)) return undefined;
  const folder = env['ANSIBLE_INVENTORY_CACHE_CONNECTION'] || env['ANSIBLE_CACHE_PLUGIN_CONNECTION'];
  if (!/^(?:ansible\.builtin\.)?jsonfile$/.test(plugin) || !folder) {
    throw new TsplayError('usage', `the inventory cache '${plugin}' cannot be used`, {
      hint: 'set cache_plugin = jsonfile and cache_connection = FOLDER in [inventory]',
    });
  }
  return new SourceCache({
    folder: expandHome(folder),
    prefix: env['ANSIBLE_INVENTORY_CACHE_PLUGIN_PREFIX'] ?? 'ansible_inventory_',
    seconds: Number(env['ANSIBLE_INVENTORY_CACHE_TIMEOUT'] || 3600),
  });
}
