import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { filters } from '../../../../src/engine/template/filters/json-query.ts';
import { contextOf } from '../plain.ts';
import { python } from '../support.ts';

const DATA = python({
  people: [
    { n: 'a', age: 30, tags: ['x', 'y'], s: { c: 'NY' } },
    { n: 'b', age: 50, tags: [], s: { c: 'LA' } },
    { n: 'c', age: null },
    { n: 'd', age: 20.5, tags: ['z'] },
  ],
  ops: { f: { num: 1 }, g: { num: 2 }, h: { x: 3 } },
  l: [[0, 1], 2, [3, [4, 5]]],
  num: [3, 1, 2],
  str: 'hello',
  'a-b': 1,
  z: 0,
  e: [],
  domain: {
    cluster: [{ name: 'c1' }, { name: 'c2' }],
    server: [
      { name: 's1', cluster: 'c1', port: '8080' },
      { name: 's2', cluster: 'c2', port: '9090' },
    ],
  },
});

function query(expression: string) {
  return filters['json_query']!(DATA, [expression], new Map(), contextOf({}));
}

describe('filters: json_query', () => {
  test.each<[string, unknown]>([
    ['people[*].n', ['a', 'b', 'c', 'd']],
    ['ops.f.[*]', [[1]]],
    ['people[?age > `25`].n', ['a', 'b']],
    [
      'people[?age > `25`].[n, age]',
      [
        ['a', 30],
        ['b', 50],
      ],
    ],
    ['people[].tags[]', ['x', 'y', 'z']],
    ['people[*].tags[0]', ['x', 'z']],
    ['people[0].s.c', 'NY'],
    ['people[-1].n', 'd'],
    ['people[1:3].n', ['b', 'c']],
    ['people[::-1].n', ['d', 'c', 'b', 'a']],
    [
      'people[:2]',
      [
        { n: 'a', age: 30, tags: ['x', 'y'], s: { c: 'NY' } },
        { n: 'b', age: 50, tags: [], s: { c: 'LA' } },
      ],
    ],
    ['ops.*.num', [1, 2]],
    ['*.num', []],
    ['l[]', [0, 1, 2, 3, [4, 5]]],
    ['l[][]', [0, 1, 2, 3, 4, 5]],
    ['l[*][0]', [0, 3]],
    ['num | [0]', 3],
    ['sort(num)', [1, 2, 3]],
    ['sort_by(people[?age], &age)[*].n', ['d', 'a', 'b']],
    ["people[?contains(n, 'a')]", [{ n: 'a', age: 30, tags: ['x', 'y'], s: { c: 'NY' } }]],
    ["people[?n == 'a' || n == 'b'].age", [30, 50]],
    [
      'people[?!tags]',
      [
        { n: 'b', age: 50, tags: [], s: { c: 'LA' } },
        { n: 'c', age: null },
      ],
    ],
    [
      'people[?tags && age].{name: n, a: age}',
      [
        { name: 'a', a: 30 },
        { name: 'd', a: 20.5 },
      ],
    ],
    ['length(people)', 4],
    ['max_by(people[?age], &age).n', 'b'],
    ['max(num)', 3],
    ['min(num)', 1],
    ['sum(num)', 6],
    ['keys(ops)', ['f', 'g', 'h']],
    ['values(ops)', [{ num: 1 }, { num: 2 }, { x: 3 }]],
    ['to_string(num)', '[3,1,2]'],
    ["to_number('12')", 12],
    ["to_number('x')", null],
    ['type(str)', 'string'],
    ['"a-b"', 1],
    ["join(',', people[*].n)", 'a,b,c,d'],
    ['reverse(num)', [2, 1, 3]],
    ['reverse(str)', 'olleh'],
    ['not_null(zz, str)', 'hello'],
    ['merge(ops, {q: `1`})', { f: { num: 1 }, g: { num: 2 }, h: { x: 3 }, q: 1 }],
    ['map(&n, people)', ['a', 'b', 'c', 'd']],
    ["people[?s.c == 'NY'] | [0].n", 'a'],
    ['domain.cluster[*].name', ['c1', 'c2']],
    ["domain.server[?cluster=='c1'].name", ['s1']],
    [
      'domain.server[*].{name: name, port: port}',
      [
        { name: 's1', port: '8080' },
        { name: 's2', port: '9090' },
      ],
    ],
    ["domain.server[?starts_with(name,'s')].port", ['8080', '9090']],
    ['people[?age == `null`].n', ['c']],
    ['@.str', 'hello'],
    ['nothing.here', null],
    ['people[5]', null],
    ['e[0]', null],
    ['z && str', 'hello'],
    ['`[1,2]`', [1, 2]],
    ['`"foo"`', 'foo'],
    ["'raw \\'x\\''", "raw 'x'"],
    ['people[*].[n, s.c] | [0]', ['a', 'NY']],
    ['ops.[f.num, g.num]', [1, 2]],
    ['abs(`-3`)', 3],
    ['ceil(`1.2`)', 2],
    ['floor(`1.7`)', 1],
    ['people[?age >= `20` && age <= `30`].n | sort(@)', ['a', 'd']],
    ['people[].s[].c', ['NY', 'LA']],
    ['[str, num[0]]', ['hello', 3]],
    ['{a: str, b: num}', { a: 'hello', b: [3, 1, 2] }],
    ["ends_with(str, 'lo')", true],
    ['to_array(str)', ['hello']],
    ["people[?ends_with(n,'a')||starts_with(n,'b')].tags | []", ['x', 'y']],
    ["people[?n != 'a'][].n", ['b', 'c', 'd']],
    ['length(people[?age])', 3],
    ['str.length(@)', 5],
    ['people[*].tags[].[@]', [['x'], ['y'], ['z']]],
    ["people[?tags[?@ == 'x']].n", ['a']],
    ["domain.server[?port > '8080'].name", ['s2']],
    ['a.b.c.d', null],
  ])('%s', (expression, expected) => {
    expect(query(expression)).toEqual(python(expected));
  });

  test.each(['foo(', 'people[', 'people[?]', 'unknown_fn(@)', 'a b', 'a ~ b', 'sum(str)'])(
    '%s is an error',
    (expression) => {
      expect(() => query(expression)).toThrow(TsplayError);
    },
  );
});
