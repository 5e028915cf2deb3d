import { expect, test } from '@jest/globals';
import { LazyDict, type Value } from '../../../../src/engine/model/value.ts';
import { cutLists, cutTexts } from '../../../../src/engine/output/redact/shorten.ts';

test('a list of millions loses its end, wherever it is', () => {
  const cut = cutLists(new Map<Value, Value>([['lines', new Array(3_000_000).fill('y')]])) as Map<Value, Value>;
  const lines = cut.get('lines') as Value[];
  expect([lines.length, lines.at(-1)]).toEqual([50_001, '... 2950000 more']);
});

test('a text of megabytes loses its middle', () => {
  const cut = cutTexts(['x', `a${'b'.repeat(3_000_000)}c`]) as string[];
  expect(cut[0]).toBe('x');
  expect(cut[1]).toMatch(/^ab{1000}[\s\S]*\n\.\.\. 2500002 characters left out \.\.\.\n[\s\S]*bc$/);
});

test('what is small enough stays the same object', () => {
  const value = new Map<Value, Value>([['a', ['b', 'c', new Map<Value, Value>([[1, 2]])]]]);
  expect(cutTexts(cutLists(value))).toBe(value);
});

test('a dict that is made when asked for is left alone', () => {
  class Refusing extends LazyDict {
    override get size(): number {
      throw new Error('asked');
    }
  }
  const lazy = new Refusing();
  const [same] = cutTexts(cutLists([lazy])) as Value[];
  expect(same === lazy).toBe(true);
});
