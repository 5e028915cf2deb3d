import type { SettingSpec } from '../spec.ts';
import { BECOME, CONNECTION } from './connection.ts';
import { CONTENT, VAULT } from './content.ts';
import { IGNORED } from './ignored/index.ts';
import { INVENTORY } from './inventory.ts';
import { COLORS, OUTPUT } from './output.ts';
import { REFUSED } from './refused.ts';
import { FACTS, RUN } from './run.ts';
import { STORE } from './store.ts';

/** Settings by subject, as a reader meets them. */
export const SETTING_GROUPS: readonly (readonly [subject: string, settings: readonly SettingSpec[]])[] = [
  ['Inventories', INVENTORY],
  ['Content', CONTENT],
  ['Vault', VAULT],
  ['The run', RUN],
  ['Facts between runs', FACTS],
  ['Sharing', STORE],
  ['Connections', CONNECTION],
  ['Becoming another user', BECOME],
  ['Output', OUTPUT],
  ['Colours', COLORS],
  ['Refused', REFUSED],
  ['Passed over', IGNORED],
];

/** Every setting that is known, each once. */
export const SETTINGS: readonly SettingSpec[] = SETTING_GROUPS.flatMap(([, settings]) => settings);
