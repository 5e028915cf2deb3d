import type { Value } from '../../engine/model/value.ts';

/**
 * How a setting's text is read: `path` is one path, `paths` several with colons between, `sources` several with commas
 * (inventories); all of them are relative to the ansible.cfg that says them.
 */
export type SettingKind = 'bool' | 'int' | 'float' | 'str' | 'list' | 'path' | 'paths' | 'sources';

/**
 * What becomes of a setting: it is acted on; it is passed over, since here it has nothing to decide; or it cannot be
 * had, so that a value other than Ansible's default is told.
 */
export type Treatment = 'acted' | 'ignored' | 'refused';

/** A setting of Ansible's. */
export interface SettingSpec {
  /** As the `config` lookup and `ansible-config` call it. */
  readonly name: string;
  /** Its environment variables; the first that is set counts. */
  readonly env: readonly string[];
  /** Its places in ansible.cfg, as `section.key`; the first that is there counts. */
  readonly ini: readonly string[];
  readonly kind: SettingKind;
  /** Ansible's default. */
  readonly fallback: Value;
  readonly choices?: readonly string[];
  readonly treatment: Treatment;
  /** What it decides, or why it decides nothing here. */
  readonly doc: string;
}

type Names = string | readonly string[];

/** A row of a table: variables, places in ansible.cfg, kind, Ansible's default, what it decides. */
export type Row = readonly [env: Names, ini: Names, kind: SettingKind, fallback: Value, doc: string];

/** Settings of one subject, by name; `choices` are the values that are allowed. */
export function rows(
  treatment: Treatment,
  table: Readonly<Record<string, Row>>,
  choices: Readonly<Record<string, readonly string[]>> = {},
): SettingSpec[] {
  return Object.entries(table).map(([name, [env, ini, kind, fallback, doc]]) => ({
    name,
    env: listed(env),
    ini: listed(ini),
    kind,
    fallback,
    treatment,
    doc,
    ...(Object.hasOwn(choices, name) ? { choices: choices[name]! } : {}),
  }));
}

function listed(names: Names): readonly string[] {
  if (typeof names !== 'string') return names;
  return names === '' ? [] : [names];
}

/** Under this name the environment of a run holds the setting, wherever it was said. */
export function variableOf({ name, env }: SettingSpec): string {
  return env[0] ?? name;
}
