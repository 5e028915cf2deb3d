import { describe, expect, test } from '@jest/globals';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: logic', () => {
  test.each<[string, unknown]>([
    ["'Yes' | bool", true],
    ["'maybe' | bool", false],
    ['1.0 | bool', true],
    ["'1' | bool", true],
    ['2 | bool', false],
    ['[] | bool', false],
    ["true | ternary('a','b')", 'a'],
    ["none | ternary('a','b','c')", 'c'],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });
});
