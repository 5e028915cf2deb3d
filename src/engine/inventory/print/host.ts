import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { emitYaml } from '../../template/filters/yaml/emit.ts';
import { matchHosts } from '../patterns/match.ts';
import { writeToml } from '../toml/write.ts';
import { type PrintOptions, plainHostVars, toJson } from './plain.ts';

export interface HostOptions extends PrintOptions {
  readonly format?: 'json' | 'yaml' | 'toml' | undefined;
}

/** The variables of the one host that the pattern names (`inventory --host`). Throws TsplayError. */
export function printHost(inventory: Inventory, pattern: string, options: HostOptions): string {
  const hosts = matchHosts(inventory, pattern);
  if (hosts.length !== 1) {
    throw new TsplayError('usage', 'You must pass a single valid host to --host parameter', {
      hint: `"${pattern}" names ${hosts.length} hosts`,
    });
  }
  const vars = plainHostVars(hosts[0]!, options);
  if (options.format === 'toml') return writeToml(vars);
  if (options.format === 'yaml') return emitYaml(vars, { flow: false });
  return toJson(vars);
}
