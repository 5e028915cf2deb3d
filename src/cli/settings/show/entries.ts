import type { Dict, Value } from '../../../engine/model/value.ts';
import type { Config, Env } from '../../run/config.ts';
import { settingOf } from '../named.ts';
import type { SettingKind, SettingSpec } from '../spec.ts';
import { SETTINGS } from '../table/index.ts';

/** Ansible's names of kinds. */
const TYPES: Readonly<Record<SettingKind, string>> = {
  bool: 'boolean',
  int: 'integer',
  float: 'float',
  str: 'string',
  list: 'list',
  path: 'path',
  paths: 'pathspec',
  sources: 'pathlist',
};

/** Settings of Ansible itself; with `all` those of its plugins and bygone ones too. */
export function shownSettings(all: boolean): SettingSpec[] {
  return SETTINGS.filter(({ name }) => all || /^[A-Z]/.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a setting is, as `config list` shows it. */
export function definitionOf({ name, env, ini, kind, fallback, choices, doc, treatment }: SettingSpec): Dict {
  const places = ini.map((place) => {
    const dot = place.indexOf('.');
    return dict({ key: place.slice(dot + 1), section: place.slice(0, dot) });
  });
  return dict({
    ...(choices ? { choices: [...choices] } : {}),
    default: fallback,
    description: doc,
    env: env.map((variable) => dict({ name: variable })),
    ini: places,
    name,
    treatment,
    type: TYPES[kind],
  });
}

export interface InForce {
  readonly name: string;
  readonly value: Value;
  readonly origin: string;
}

export function settingsInForce(specs: readonly SettingSpec[], config: Config, environment: Env): InForce[] {
  return specs.map((spec) => ({ name: spec.name, ...settingOf(spec, config, environment) }));
}

function dict(entries: Readonly<Record<string, Value>>): Dict {
  return new Map(Object.entries(entries));
}
