import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { Float } from '../../../../src/engine/model/value.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: general', () => {
  test.each<[string, unknown]>([
    ["'1d 12h' | community.general.to_hours", new Float(36)],
    ["['x','x','y'] | community.general.counter", { x: 2, y: 1 }],
    ["['1.10','1.9'] | community.general.version_sort", ['1.9', '1.10']],
    [
      "[{'n':'a','v':1}] | community.general.lists_mergeby([{'n':'a','w':2},{'n':'b'}], 'n')",
      [{ n: 'a', v: 1, w: 2 }, { n: 'b' }],
    ],
    ["'52:54' | community.general.random_mac(seed='z')", '52:54:32:0c:6b:1b'],
    ["'foo' | community.general.crc32", '8c736521'],
    ["[{'n':'a'},{'n':'b'}] | community.general.groupby_as_dict('n')", { a: { n: 'a' }, b: { n: 'b' } }],
    ["{'a':{'b':[1,{'c':2}]}} | ansible.utils.to_paths", { 'a.b[0]': 1, 'a.b[1].c': 2 }],
    ["{'a':{'b':[1,{'c':2}]}} | ansible.utils.get_path('a.b[1].c')", 2],
    ["[1,2,3] | ansible.utils.index_of('eq', 2)", 1],
    ["[{'a':1},{'a':2}] | ansible.utils.index_of('gt', 0, 'a')", [0, 1]],
    ["{'a':1,'b':{'a':2,'c':3}} | ansible.utils.keep_keys(target=['a'])", { a: 1, b: { a: 2 } }],
    ["{'a':1,'b':{'a':2,'c':3}} | ansible.utils.remove_keys(target=['a'])", { b: { c: 3 } }],
    ["[1, {'a': 2}] | ansible.utils.keep_keys(target=['a'])", [{ a: 2 }]],
    ['[] | ansible.utils.to_paths', []],
    ["'1,2' | ansible.utils.index_of('eq', '2')", 1],
    // Those of community.general work on the dicts of a list, and only at their top.
    ["[{'a':1,'b':{'a':2}}] | community.general.keep_keys(target='b')", [{ b: { a: 2 } }]],
    ["[{'ax':1,'bx':2}] | community.general.remove_keys(['a'], matching_parameter='starts_with')", [{ bx: 2 }]],
    ["[{'a':1}] | community.general.replace_keys([{'before':'a','after':'b'}])", [{ b: 1 }]],
    ["['a','b'] | community.general.accumulate", ['a', 'ab']],
    ["[{'a':'x\ny'}] | community.general.to_nice_yaml", "- a: 'x\n\n    y'\n"],
    ["'01:ff' | community.crypto.parse_serial", 511],
    ['511 | community.crypto.to_serial', '01:FF'],
    [
      "'x\n-----BEGIN A-----\nq\n-----END A-----\n' | community.crypto.split_pem",
      ['-----BEGIN A-----\nq\n-----END A-----\n'],
    ],
    [
      "['a','b'] | ansible.utils.fact_diff(['a','c'])",
      "['--- before', '+++ after', '@@ -1,2 +1,2 @@', ' a', '-b', '+c', '']",
    ],
    ["{'a': 1} | ansible.utils.fact_diff({'a': 1})", '[]'],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each([
    "'g:1' | community.crypto.parse_serial",
    '-1 | community.crypto.to_serial',
    "{'a': 1} | community.general.keep_keys(target='a')",
    "[{'a': 1}] | community.general.keep_keys(target=[])",
    "[{'a': 1}] | community.general.replace_keys([{'before': 'a'}])",
    '{} | community.general.to_ini',
    '5 | community.general.unicode_normalize',
    "{'a': 1} | community.general.counter",
  ])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
