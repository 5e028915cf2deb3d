import { describe, expect, test } from '@jest/globals';
import { Float, type Value } from '../../../../src/engine/model/value.ts';
import { type EmitOptions, emitYaml } from '../../../../src/engine/template/filters/yaml/emit.ts';
import { python } from '../support.ts';

const BLOCK: EmitOptions = { flow: false, indent: 4 };

describe('YAML as PyYAML writes it', () => {
  test.each<[string, unknown, EmitOptions, string]>([
    ['text', 'abc', {}, 'abc\n'],
    ['text that needs quotes', 'a: b', {}, "'a: b'\n"],
    ['text that looks like a boolean', 'yes', {}, "'yes'\n"],
    ['text that looks like a number', '0644', {}, "'0644'\n"],
    ['text that looks like a date', '2001-01-01', {}, "'2001-01-01'\n"],
    ['empty text', '', {}, "''\n"],
    ['text with a tab', 'a\tb', {}, '"a\\tb"\n'],
    ['emoji', '\u{1F600} é', {}, '"\\U0001F600 é"\n'],
    ['several lines', 'foo\nbar', {}, "'foo\n\n  bar'\n"],
    ['several lines, ended', 'a\n', BLOCK, "'a\n\n    '\n"],
    ['floats', [new Float(2), 1e-5, new Float(1e16), Number.NaN], {}, '[2.0, 1.0e-05, 1.0e+16, .nan]\n'],
    ['null and booleans', [null, true], BLOCK, '- null\n- true\n'],
    ['leaves on one line', { b: [1, 2], a: { x: {} } }, {}, 'a:\n  x: {}\nb: [1, 2]\n'],
    ['blocks', { a: [{ b: [1], c: { d: 1 } }] }, BLOCK, 'a:\n-   b:\n    - 1\n    c:\n        d: 1\n'],
    ['lists of lists', [[1, 2], [{ a: 1 }]], BLOCK, '-   - 1\n    - 2\n-   -   a: 1\n'],
    ['keys as they stand', { b: 1, a: 2 }, { ...BLOCK, sortKeys: false }, 'b: 1\na: 2\n'],
    ['a key of two lines', { 'a\nb': 1 }, BLOCK, "? 'a\n\n    b'\n: 1\n"],
    ['bytes', { a: Buffer.from('hello\xff', 'latin1') }, {}, 'a: !!binary |\n  aGVsbG//\n'],
    ['long text', 'word '.repeat(20).trim(), {}, `${'word '.repeat(16)}word\n  word word word\n`],
    ['long text, wide', 'word '.repeat(20).trim(), { width: 1000 }, `${'word '.repeat(20).trim()}\n`],
    ['flow over the width', [111, 222, 333], { flow: true, width: 10 }, '[111, 222, 333]\n'],
  ])('%s', (_name, value, options, expected) => {
    expect(emitYaml(python(value), options)).toBe(expected);
  });

  test('numbers as keys are sorted as numbers, mixed keys stay', () => {
    const numbers = new Map<Value, Value>([
      [10, 'a'],
      [9, 'b'],
    ]);
    const mixed = new Map<Value, Value>([
      ['b', 1],
      [1, 2],
    ]);
    expect(emitYaml(numbers, BLOCK)).toBe('9: b\n10: a\n');
    expect(emitYaml(mixed, BLOCK)).toBe('b: 1\n1: 2\n');
  });

  test('a value that contains itself is refused', () => {
    const list: Value[] = [];
    list.push(list);
    expect(() => emitYaml(list)).toThrow('contains itself');
  });
});
