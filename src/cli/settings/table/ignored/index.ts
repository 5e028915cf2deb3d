import type { SettingSpec } from '../../spec.ts';
import { BYGONE } from './bygone.ts';
import { GALAXY } from './galaxy.ts';
import { NOISE } from './noise.ts';
import { PLUGINS, PYTHON, TEMPLATES } from './python.ts';
import { ELSEWHERE, SPEED } from './remote.ts';

/** Settings that are known and decide nothing. */
export const IGNORED: readonly SettingSpec[] = [
  ...PYTHON,
  ...PLUGINS,
  ...SPEED,
  ...TEMPLATES,
  ...NOISE,
  ...ELSEWHERE,
  ...GALAXY,
  ...BYGONE,
];
