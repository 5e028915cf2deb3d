import { describe, expect, test } from '@jest/globals';
import { Float, tuple, Undefined, type Value } from '../../../src/engine/model/value.ts';
import { didYouMean } from '../../../src/engine/template/names.ts';
import { bind } from '../../../src/engine/template/params.ts';
import {
  arithmetic,
  compare,
  DateTime,
  dictGet,
  equal,
  isFloat,
  isInt,
  iterate,
  makeFloat,
  makeInt,
  pyRepr,
  reprFloat,
  roundHalfEven,
  sortValues,
  toFixedEven,
  truthy,
  typeName,
} from '../../../src/engine/template/values.ts';

describe("Python's values", () => {
  test.each<{ value: Value; type: string; repr: string; truth: boolean }>([
    { value: null, type: 'NoneType', repr: 'None', truth: false },
    { value: true, type: 'bool', repr: 'True', truth: true },
    { value: 0, type: 'int', repr: '0', truth: false },
    { value: 10n ** 20n, type: 'int', repr: '100000000000000000000', truth: true },
    { value: new Float(2), type: 'float', repr: '2.0', truth: true },
    { value: new Float(0), type: 'float', repr: '0.0', truth: false },
    { value: 0.5, type: 'float', repr: '0.5', truth: true },
    { value: Number.NaN, type: 'float', repr: 'nan', truth: true },
    { value: '', type: 'str', repr: "''", truth: false },
    { value: [], type: 'list', repr: '[]', truth: false },
    { value: tuple([1]), type: 'tuple', repr: '(1,)', truth: true },
    { value: new Map(), type: 'dict', repr: '{}', truth: false },
    { value: Buffer.from("a'\n\xff", 'latin1'), type: 'bytes', repr: `b"a'\\n\\xff"`, truth: true },
  ])('$repr', ({ value, type, repr, truth }) => {
    expect([typeName(value), pyRepr(value), truthy(value)]).toEqual([type, repr, truth]);
  });

  test('something undefined cannot be used', () => {
    const nothing = new Undefined("'x' is undefined");
    for (const use of [truthy, pyRepr, iterate]) expect(() => use(nothing)).toThrow("'x' is undefined");
    expect(() => equal(1, nothing)).toThrow("'x' is undefined");
  });

  test('keys of a dict are equal as values are', () => {
    const dict = new Map<Value, Value>([
      [1, 'one'],
      ['1', 'text'],
      [tuple([1, 'a']), 'pair'],
    ]);
    expect([1, new Float(1), true, '1', tuple([true, 'a']), 2].map((key) => dictGet(dict, key))).toEqual([
      'one',
      'one',
      'one',
      'text',
      'pair',
      undefined,
    ]);
    expect(() => dictGet(dict, [1])).toThrow("unhashable type: 'list'");
  });

  test('order', () => {
    expect(sortValues<Value>(['b', 'a', '\u{1f600}', '\uff5e'], (item) => item)).toEqual([
      'a',
      'b',
      '\uff5e',
      '\u{1f600}',
    ]);
    expect(sortValues<Value>([2, new Float(1), true, 0.5], (item) => item)).toEqual([0.5, new Float(1), true, 2]);
    expect(() => compare('a', 1, '>=')).toThrow("'>=' not supported between instances of 'str' and 'int'");
  });

  test.each([
    { value: 1e22, repr: '1e+22' },
    { value: 123456789012345680, repr: '1.2345678901234568e+17' },
    { value: 1e15, repr: '1000000000000000.0' },
    { value: 0.0001, repr: '0.0001' },
    { value: 0.00001, repr: '1e-05' },
    { value: -1.5e-7, repr: '-1.5e-07' },
    { value: Number.NEGATIVE_INFINITY, repr: '-inf' },
  ])('float $repr', ({ value, repr }) => {
    expect(reprFloat(value)).toBe(repr);
  });

  test('rounding goes to the even digit on an exact tie alone', () => {
    expect([0.5, 1.5, 2.5, -0.5].map((value) => toFixedEven(value, 0))).toEqual(['0', '2', '2', '-0']);
    expect(toFixedEven(2.675, 2)).toBe('2.67');
    expect(roundHalfEven(1250, -2)).toBe(1200);
  });

  test('ints beyond the safe ones keep all digits', () => {
    expect(makeInt(2n ** 53n)).toBe(2n ** 53n);
    expect(makeInt(5n)).toBe(5);
    expect(arithmetic('-', 2n ** 53n, 2n ** 53n - 1n)).toBe(1);
    expect([isInt(true), isInt(true, true), isFloat(makeFloat(1)), isFloat(1)]).toEqual([false, true, true, false]);
  });

  test('dates', () => {
    const date = new DateTime({ year: 2024, month: 2, day: 29, hour: 13, minute: 5, second: 9, microsecond: 0 });
    const earlier = new DateTime({ ...date.parts, day: 27, hour: 14 });
    expect(date.print()).toBe('2024-02-29 13:05:09');
    const difference = arithmetic('-', date, earlier);
    expect(pyRepr(difference)).toBe('1 day, 23:00:00');
  });
});

describe('arguments', () => {
  test.each<{ args: Value[]; kwargs: [string, Value][]; bound: unknown }>([
    { args: [1], kwargs: [], bound: { a: 1 } },
    {
      args: [],
      kwargs: [
        ['b', 2],
        ['a', 1],
      ],
      bound: { a: 1, b: 2 },
    },
    { args: [null], kwargs: [['b', null]], bound: { a: null, b: null } },
  ])('%#', ({ args, kwargs, bound }) => {
    expect(bind(args, new Map(kwargs), ['a', 'b'], 'f', 1)).toEqual(bound);
  });

  test.each<{ args: Value[]; kwargs: [string, Value][]; error: string }>([
    { args: [1, 2, 3], kwargs: [], error: 'f() takes at most 2 arguments (3 given)' },
    { args: [], kwargs: [['c', 1]], error: "f() got an unexpected keyword argument 'c'" },
    { args: [1], kwargs: [['a', 1]], error: "f() got multiple values for argument 'a'" },
    { args: [], kwargs: [['b', 1]], error: "f() missing required argument: 'a'" },
  ])('$error', ({ args, kwargs, error }) => {
    expect(() => bind(args, new Map(kwargs), ['a', 'b'], 'f', 1)).toThrow(error);
  });
});

describe('names that are close', () => {
  test.each([
    { wrong: 'uper', known: ['upper', 'lower'], hint: 'did you mean "upper"?' },
    { wrong: 'defualt', known: ['default'], hint: 'did you mean "default"?' },
    { wrong: 'xyz', known: ['upper'], hint: undefined },
    { wrong: 'n', known: ['m', 'nn'], hint: 'did you mean "m"?' },
  ])('$wrong', ({ wrong, known, hint }) => {
    expect(didYouMean(wrong, known)).toBe(hint);
  });
});
