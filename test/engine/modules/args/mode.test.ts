import { expect, test } from '@jest/globals';
import type { Value } from '../../../../src/engine/model/value.ts';
import { modeText, needsUmask, parseMode, resolveMode } from '../../../../src/engine/modules/args/mode.ts';

const cases: { mode: Value; from?: number; directory?: boolean; to: number }[] = [
  { mode: '0644', to: 0o644 },
  { mode: '644', to: 0o644 },
  { mode: 0o644, to: 0o644 },
  { mode: '0o4755', to: 0o4755 },
  { mode: 'u=rw,g=r,o=', to: 0o640 },
  { mode: 'u+x', from: 0o644, to: 0o744 },
  { mode: 'a-w', from: 0o666, to: 0o444 },
  { mode: 'go=u', from: 0o740, to: 0o777 },
  { mode: 'u+rwX,g-w', from: 0o664, to: 0o644 },
  { mode: 'a+X', from: 0o600, directory: true, to: 0o711 },
  { mode: 'a+X', from: 0o610, to: 0o711 },
  { mode: '+w', from: 0o400, to: 0o600 },
  { mode: '=rwx', from: 0, to: 0o755 },
  { mode: 'u+s,g+s,o+t', from: 0o755, to: 0o7755 },
  { mode: 'u=rwx', from: 0o4755, to: 0o755 },
  { mode: 'u=r-x+w', from: 0o777, to: 0o677 },
];

test.each(cases)('$mode', ({ mode, from = 0, directory = false, to }) => {
  expect(modeText(resolveMode(parseMode(mode)!, { mode: from, directory, umask: 0o022 }))).toBe(modeText(to));
});

test.each(['u+q', 'rw', 'ug', '0999', 'a=rw;x'])('%s is no mode', (mode) => {
  expect(() => parseMode(mode)).toThrow('mode must be in octal or symbolic form');
});

test('the umask matters only where no user is named', () => {
  expect([needsUmask(parseMode('+x')), needsUmask(parseMode('a+x')), needsUmask(parseMode('0644'))]).toEqual([
    true,
    false,
    false,
  ]);
});
