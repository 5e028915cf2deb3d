import { describe, expect, test } from '@jest/globals';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: yaml', () => {
  test.each<[string, unknown]>([
    ["'' | from_yaml", null],
    ['m | to_nice_yaml', '- 1\n- a\n- null\n- true\n- 2.5\n-   - 1\n-   k: v\n'],
    ['m | to_yaml', '- 1\n- a\n- null\n- true\n- 2.5\n- [1]\n- {k: v}\n'],
    ['d | to_nice_yaml(indent=2)', 'a: 1\nb:\n  x:\n  - 1\n  - 2\n'],
    ["{'b':1,'a':2} | to_nice_yaml(sort_keys=False)", 'b: 1\na: 2\n'],
    ['multi | to_nice_yaml', "'l1\n\n    l2\n\n\n    l4'\n"],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });
});
