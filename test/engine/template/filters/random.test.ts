import { describe, expect, test } from '@jest/globals';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: random', () => {
  test.each<[string, unknown]>([
    ["59 | random(seed='host1')", 31],
    ['10 | random(1, 2, seed=5)', 9],
    ["['a','b','c'] | random(seed='x')", 'c'],
    ["[1,2,3,4,5] | shuffle(seed='s')", [1, 2, 3, 5, 4]],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });
});
