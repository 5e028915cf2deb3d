import { describe, expect, test } from '@jest/globals';
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
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });
});
