import type { Setting, Value } from '../../engine/model/value.ts';
import type { Config, Env } from '../run/config.ts';
import { convertSetting, expandHome } from './convert.ts';
import { type SettingSpec, variableOf } from './spec.ts';
import { SETTINGS } from './table/index.ts';

const BY_NAME: ReadonlyMap<string, SettingSpec> = new Map(SETTINGS.map((spec) => [spec.name, spec]));

/** Finds settings by name, as the environment, ansible.cfg or the default has them. */
export function namedSettings(config: Config, environment: Env): (name: string) => Setting | undefined {
  return (name) => {
    const spec = BY_NAME.get(name);
    return spec && settingOf(spec, config, environment);
  };
}

/** A setting's value in force, and where it was said: `default`, `env: ANSIBLE_FORKS`, the path of an ansible.cfg. */
export function settingOf(spec: SettingSpec, { env, file }: Config, environment: Env): Setting {
  const text = env[variableOf(spec)];
  if (text === undefined) return { value: defaultOf(spec), origin: 'default' };
  const variable = spec.env.find((name) => environment[name] !== undefined);
  const origin = variable === undefined ? String(file) : `env: ${variable}`;
  return { value: convertSetting(spec, text, origin), origin };
}

function defaultOf({ kind, fallback }: SettingSpec): Value {
  if (kind === 'path' && typeof fallback === 'string') return expandHome(fallback);
  return kind === 'paths' && Array.isArray(fallback) ? fallback.map((path) => expandHome(String(path))) : fallback;
}
