import { expect, test } from '@jest/globals';
import { colorLevel } from '../../../src/cli/run/colors.ts';

const terminal = { isTTY: true, getColorDepth: () => 8 };
const pipe = {};

test.each([
  ['a terminal', terminal, {}, 2],
  ['a pipe', pipe, {}, 0],
  ['NO_COLOR', terminal, { NO_COLOR: '1' }, 0],
  ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, 2],
  ['ANSIBLE_NOCOLOR', terminal, { ANSIBLE_NOCOLOR: 'true' }, 0],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, 0],
  ['FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, 1],
  ['FORCE_COLOR=3', pipe, { FORCE_COLOR: '3' }, 3],
  ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, 0],
  ['ANSIBLE_FORCE_COLOR', pipe, { ANSIBLE_FORCE_COLOR: 'yes' }, 1],
  ['ANSIBLE_FORCE_COLOR=0', terminal, { ANSIBLE_FORCE_COLOR: '0' }, 2],
  ['forced over none', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, 1],
] as const)('%s', (_, stream, env, level) => {
  expect(colorLevel(stream, env)).toBe(level);
});
