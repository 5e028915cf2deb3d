import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: data', () => {
  test.each<[string, unknown]>([
    ["d | combine({'b':{'y':1}}, recursive=True)", { a: 1, b: { x: [1, 2], y: 1 } }],
    ["d | combine({'b':2},{'c':3})", { a: 1, b: 2, c: 3 }],
    ["[d,{'z':1}] | combine", { a: 1, b: { x: [1, 2] }, z: 1 }],
    ["{'a':[1,2]} | combine({'a':[2,3]}, list_merge='append_rp')", { a: [1, 2, 3] }],
    ["{'a':[1,2]} | combine({'a':[2,3]}, list_merge='prepend_rp')", { a: [2, 3, 1] }],
    ["{'a':[1,2]} | combine({'a':[2,3]}, list_merge='keep')", { a: [1, 2] }],
    [
      'd | dict2items',
      [
        { key: 'a', value: 1 },
        { key: 'b', value: { x: [1, 2] } },
      ],
    ],
    [
      "d | dict2items(key_name='k', value_name='v')",
      [
        { k: 'a', v: 1 },
        { k: 'b', v: { x: [1, 2] } },
      ],
    ],
    ["[{'k':'x','v':2}] | items2dict(key_name='k', value_name='v')", { x: 2 }],
    ["'x' | extract({'x':{'y':5}}, 'y')", 5],
    ["'x' | extract({'x':{'y':[5,6]}}, ['y',1])", 6],
    ['0 | extract([7,8])', 7],
    ["[[1,[2,None]],[3,'null']] | flatten", [1, 2, 3]],
    ['[[1,[2,None]],[3]] | flatten(levels=1)', [1, [2, null], 3]],
    ['[[1,[2,None]],[3]] | flatten(skip_nulls=False)', [1, 2, null, 3]],
    [
      "{'a':{'name':'x','v':1},'b':{'name':'y'}} | rekey_on_member('name')",
      { x: { name: 'x', v: 1 }, y: { name: 'y' } },
    ],
    [
      "[{'name':'x','v':1},{'name':'x','v':2}] | rekey_on_member('name', duplicates='overwrite')",
      { x: { name: 'x', v: 2 } },
    ],
    [
      "ld | subelements('tags')",
      [
        [{ name: 'x', tags: ['p', 'q'] }, 'p'],
        [{ name: 'x', tags: ['p', 'q'] }, 'q'],
        [{ name: 'y', tags: ['r'] }, 'r'],
      ],
    ],
    ["ld | subelements('nope', skip_missing=True)", []],
    ["m | map('type_debug') | list", ['int', 'str', 'NoneType', 'bool', 'float', 'list', 'dict']],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each([
    "{'a':[1,2]} | combine({'a':[2,3]}, list_merge='bad')",
    'd | combine([1])',
    '[1] | dict2items',
    "[{'k':1}] | items2dict",
    "[{'name':'x'},{'name':'x'}] | rekey_on_member('name')",
    "ld | subelements('nope')",
  ])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
