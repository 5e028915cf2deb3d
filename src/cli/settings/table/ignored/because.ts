import { type Row, rows, type SettingSpec } from '../../spec.ts';

/** A setting that has nothing to decide: variables, places in ansible.cfg, kind, Ansible's default. */
export type Key = readonly [name: string, env: Row[0], ini: Row[1], kind: Row[2], fallback: Row[3]];

/** Settings that have nothing to decide here, for one reason. */
export function because(doc: string, keys: readonly Key[]): SettingSpec[] {
  return rows('ignored', Object.fromEntries(keys.map(([name, ...row]) => [name, [...row, doc]])));
}
