import { expect, test } from '@jest/globals';
import { cut, displayWidth, padded } from '../../../src/engine/output/width.ts';
import { wrapText } from '../../../src/engine/output/wrap.ts';

test.each([
  ['abc', 3],
  ['日本', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['☺', 1],
  ['🚀', 2],
  ['', 0],
])('%s takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('cut(%s, %i)', (text, columns, shown) => {
  expect(cut(text, columns)).toBe(shown);
});

test('padded counts columns, not characters', () => {
  expect(padded('日', 4)).toBe('日  ');
  expect(padded('long', 2)).toBe('long');
});

test.each<[string, number, string[]]>([
  ['one two three', 7, ['one two', 'three']],
  ['one\n\ntwo three', 20, ['one  two three']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['a abcdefghij', 4, ['a ab', 'cdef', 'ghij']],
  ['well-known fact', 6, ['well-', 'known', 'fact']],
  ['-x --long', 5, ['-x --', 'long']],
  ['日本 語', 4, ['日本', '語']],
  ['   ', 5, []],
])('wrapText(%j, %i)', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});
