import { expect, test } from '@jest/globals';
import { decode, encode } from '../../../src/engine/model/codec.ts';
import { Float, isTuple, tuple, Undefined, type Value } from '../../../src/engine/model/value.ts';

test.each<[string, Value]>([
  ['nothing', null],
  ['a boolean', true],
  ['an int', 5],
  ['a large int', 12345678901234567890n],
  ['a fraction', 0.5],
  ['a whole float', new Float(2)],
  ['an endless float', new Float(Number.POSITIVE_INFINITY)],
  ['text that looks like a template', '{{ x }}'],
  ['text that looks like code of ours', '{"dict": []}'],
  ['bytes', Buffer.from([0, 255])],
  ['a list', [1, [2, 'x']]],
  [
    'a dict with keys of all kinds',
    new Map<Value, Value>([
      [80, 'a'],
      ['80', 'b'],
      [null, []],
      ['__proto__', 1],
    ]),
  ],
])('%s comes back as it was', (_, value) => {
  expect(decode(JSON.parse(JSON.stringify(encode(value))))).toEqual(value);
});

test('a tuple stays a tuple', () => {
  expect(isTuple(decode(encode(tuple([1, 2]))))).toBe(true);
});

test('what is undefined stays so, with its message', () => {
  expect(decode(encode(new Undefined("'x' is undefined")))).toEqual(new Undefined("'x' is undefined"));
});

test.each([[{ unknown: 1 }], [{ dict: 5 }], [{ int: 5 }], [{ a: 1, b: 2 }]])('%j is refused', (coded) => {
  expect(() => decode(coded as never)).toThrow();
});
