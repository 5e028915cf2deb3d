import { expect, test } from '@jest/globals';
import { silenced } from '../../../src/engine/lint/noqa.ts';

const table: [line: string, silenced: boolean][] = [
  ['- command: id # noqa: no-name', true],
  ['- command: id # noqa: octal-mode, no-name', true],
  ['- command: id # noqa: octal-mode no-name', true],
  ['- command: id #noqa: no-name', true],
  ['{{ x }} {# noqa: no-name #}', true],
  ['- command: id # noqa: octal-mode', false],
  ['- command: id # noqa', false],
  ['- command: id', false],
  ['- command: echo noqa: no-name-here', false],
];

test.each(table)('%s', (line, expected) => {
  expect(silenced({ rule: 'no-name' }, line)).toBe(expected);
});
