import { homedir } from 'node:os';
import { TsplayError } from '../../engine/model/errors.ts';
import { type FactCache, JsonFactCache } from '../../engine/vars/fact-cache.ts';
import type { Env } from './config.ts';

const DAY = '86400';

/** The cache that `fact_caching` names; undefined where facts are kept for the run alone. */
export function factCacheOf(env: Env, warn: (message: string) => void): FactCache | undefined {
  const plugin = (env['ANSIBLE_CACHE_PLUGIN'] || 'memory').replace(/^ansible\.builtin\./, '');
  if (plugin === 'memory') return undefined;
  if (plugin !== 'jsonfile') {
    warn(`fact_caching '${plugin}' is not built in; facts are kept for this run alone`);
    return undefined;
  }
  const folder = env['ANSIBLE_CACHE_PLUGIN_CONNECTION'];
  if (!folder) {
    throw new TsplayError('usage', "fact_caching 'jsonfile' needs fact_caching_connection, the folder of its files");
  }
  return new JsonFactCache({
    folder: folder.replace(/^~(?=\/|$)/, homedir()),
    prefix: env['ANSIBLE_CACHE_PLUGIN_PREFIX'] ?? '',
    seconds: Number(env['ANSIBLE_CACHE_PLUGIN_TIMEOUT'] ?? DAY),
  });
}
