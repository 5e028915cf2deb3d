import { describe, expect, test } from '@jest/globals';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: lists', () => {
  test.each<[string, unknown]>([
    [
      '[1,2,3] | combinations(2) | list',
      [
        [1, 2],
        [1, 3],
        [2, 3],
      ],
    ],
    [
      '[1,2,3] | permutations(2) | list',
      [
        [1, 2],
        [1, 3],
        [2, 1],
        [2, 3],
        [3, 1],
        [3, 2],
      ],
    ],
    [
      "[1,2] | product(['a','b']) | list",
      [
        [1, 'a'],
        [1, 'b'],
        [2, 'a'],
        [2, 'b'],
      ],
    ],
    ['[1,2] | product | list', [[1], [2]]],
    ['[1,2,3] | intersect([2,3,4])', [2, 3]],
    ['[1,2,3] | difference([2])', [1, 3]],
    ['[1,2] | union([2,3])', [1, 2, 3]],
    ['[1,2] | symmetric_difference([2,3])', [1, 3]],
    ["[{'a':1},{'b':2}] | union([{'a':1}])", [{ a: 1 }, { b: 2 }]],
    ["[{'a':1},{'b':2}] | difference([{'a':1}])", [{ b: 2 }]],
    ["['B','a','b'] | unique", ['B', 'a']],
    ["['B','a','b'] | unique(case_sensitive=true)", ['B', 'a', 'b']],
    ['[[1],[1],[2]] | unique', [[1], [2]]],
    [
      "[1,2,3] | zip(['a','b']) | list",
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      "[1,2,3] | zip_longest(['a'], fillvalue='-') | list",
      [
        [1, 'a'],
        [2, '-'],
        [3, '-'],
      ],
    ],
    ["[1,2] | zip([3,4],[5,6]) | map('sum') | list", [9, 12]],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });
});
