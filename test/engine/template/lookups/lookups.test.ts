import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Value } from '../../../../src/engine/model/value.ts';
import { contextOf } from '../plain.ts';
import { python, withFiles } from '../support.ts';

const VARS = {
  s: 'hello',
  groups: { all: ['h1', 'h2', 'db1'], web: ['h1', 'h2'], db: ['db1'] },
  users: [
    { name: 'ann', ssh: { keys: ['k1', 'k2'] } },
    { name: 'bob', skipped: true },
  ],
};

const FILES = {
  'role/files/a.txt': '\n from the role \n\n',
  'files/a.txt': 'from the play',
  'files/sub/one.cfg': '1',
  'files/sub/two.cfg': '2',
  'files/t.csv': 'a,1\nb,"2, and ""x"""\n',
  'files/t.ini': '[a]\nUser = bob\nurl=http://x:1/%(user)s\nlong = 1\n  2\n[b]\nuser=c\n',
  'files/t.properties': 'user.name=joe\n',
  'templates/x.j2': '{{ s }} {{ more }}\n',
  'templates/x.json.j2': '{"a": [1, "{{ s }}"]}',
  'templates/x.hbs': '{{s}}',
};

function query(name: string, terms: unknown[], options: Record<string, unknown> = {}): Value[] {
  return withFiles(FILES, (folder) => queryIn(folder, name, terms, options));
}

function queryIn(folder: string, name: string, terms: unknown[], options: Record<string, unknown> = {}): Value[] {
  const context = contextOf(VARS, { playbookDir: folder, searchPath: [join(folder, 'role')] });
  return context.lookup(
    name,
    python(terms) as Value[],
    new Map(Object.entries(options).map(([key, value]) => [key, python(value)])),
  );
}

describe('lookups', () => {
  test.each<[string, unknown[], Record<string, unknown>, unknown]>([
    [
      'cartesian',
      [[1, 2], ['a']],
      {},
      [
        [1, 'a'],
        [2, 'a'],
      ],
    ],
    ['csvfile', ['b'], { file: 't.csv', delimiter: ',' }, ['2, and "x"']],
    ['csvfile', ['b file=t.csv delimiter=, col=0'], {}, ['b']],
    ['csvfile', ['zz'], { file: 't.csv', delimiter: ',', default: 'none' }, ['none']],
    ['dict', [{ a: 1 }], {}, [{ key: 'a', value: 1 }]],
    ['env', ['HOME', 'NOPE'], { default: 'd' }, ['/home/ann', 'd']],
    ['config', ['NOPE'], { on_missing: 'skip' }, []],
    ['config', ['remote_tmp'], { plugin_type: 'shell', plugin_name: 'sh' }, ['~/.ansible/tmp']],
    ['file', ['a.txt'], {}, ['\n from the role']],
    ['file', ['a.txt'], { lstrip: true }, ['from the role']],
    ['first_found', [['nope', 'sub/one.cfg', 'a.txt']], { skip: true, paths: 'nope,/nowhere' }, []],
    ['flattened', [1, [2, [3]]], {}, [1, 2, 3]],
    [
      'indexed_items',
      [['a', 'b']],
      {},
      [
        [0, 'a'],
        [1, 'b'],
      ],
    ],
    ['ini', ['user'], { file: 't.ini', section: 'a' }, ['bob']],
    ['ini', ['url'], { file: 't.ini', section: 'a' }, ['http://x:1/bob']],
    ['ini', ['long'], { file: 't.ini', section: 'a' }, ['1\n2']],
    ['ini', ['u.*'], { file: 't.ini', section: 'b', re: true }, ['c']],
    ['ini', ['nope'], { file: 't.ini', section: 'b', default: 'd' }, ['d']],
    ['ini', ['user.name type=properties file=t.properties'], {}, ['joe']],
    ['inventory_hostnames', ['all:!db'], {}, ['h1', 'h2']],
    ['inventory_hostnames', ['h*:&web'], {}, ['h1', 'h2']],
    ['items', [[1, [2]], 3], {}, [1, [2], 3]],
    ['lines', ['printf "a\\nb\\n"'], {}, ['a', 'b']],
    ['list', [[1], 2], {}, [[1], 2]],
    [
      'nested',
      [
        [1, 2],
        ['a', 'b'],
      ],
      {},
      [
        [1, 'a'],
        [1, 'b'],
        [2, 'a'],
        [2, 'b'],
      ],
    ],
    ['password', ['/dev/null'], { seed: 'abc', length: 12 }, ['6TTuIhBjbajO']],
    ['pipe', ['echo " hi "'], {}, [' hi']],
    ['sequence', ['1-3'], {}, ['1', '2', '3']],
    ['sequence', ['start=0 end=6 stride=2 format=x%02d'], {}, ['x00', 'x02', 'x04', 'x06']],
    ['sequence', [], { start: 10, end: 0, stride: -5 }, ['10', '5', '0']],
    ['sequence', ['count=0'], {}, []],
    [
      'subelements',
      [[{ n: 1, k: ['a', 'b'] }], 'k'],
      {},
      [
        [{ n: 1 }, 'a'],
        [{ n: 1 }, 'b'],
      ],
    ],
    ['template', ['x.j2'], { template_vars: { more: 'x' } }, ['hello x\n']],
    ['template', ['x.json.j2'], {}, [{ a: [1, 'hello'] }]],
    ['template', ['x.json.j2'], { convert_data: false }, ['{"a": [1, "hello"]}\n'.trimEnd()]],
    ['flattened', [['a', [' b\n', null]], ['null', 'c'], 'd'], {}, ['a', 'b', null, 'd']],
    [
      'together',
      [[1, 2], ['a']],
      {},
      [
        [1, 'a'],
        [2, null],
      ],
    ],
    ['varnames', ['^u', 's$'], {}, ['users', 's', 'groups', 'users']],
    ['vars', ['s'], {}, ['hello']],
    ['vars', ['nope'], { default: 'd' }, ['d']],
  ])('%s %j %j', (name, terms, options, expected) => {
    expect(query(name, terms, options)).toEqual(python(expected));
  });

  test.each<[string, unknown[], Record<string, unknown>, string]>([
    ['file', ['nope'], {}, "found no file 'nope'"],
    ['first_found', [['nope']], {}, 'No file was found when using first_found'],
    ['ini', ['user'], { file: 't.ini', section: 'zz' }, "No section 'zz'"],
    ['pipe', ['echo why >&2; exit 3'], {}, 'returned 3'],
    ['password', ['x nope=1'], {}, 'nope is not a valid option'],
    ['sequence', ['start=5 end=1'], {}, 'to count backwards make stride negative'],
    ['sequence', ['foo bar'], {}, 'unrecognized arguments'],
    ['subelements', [[{ n: 1 }], 'k'], {}, "could not find 'k' key"],
    ['subelements', [[], 'k', 'wolves'], {}, 'the optional third item must be a dict'],
    ['subelements', [[], 'k', {}, 4], {}, 'a list of two or three items'],
    ['subelements', [[], true], {}, 'first a dict or a list, second a string'],
    ['indexed_items', [{ a: 1 }], {}, 'with_indexed_items expects a list'],
    ['csvfile', ['file=t.csv col=1'], {}, 'Search key is required but was not found'],
    ['csvfile', ['b'], { file: 'nope.csv' }, "No such file or directory: 'nope.csv'"],
    ['config', ['NOPE'], {}, 'Unable to find setting NOPE'],
    ['config', ['ConfigManager'], {}, 'Invalid setting "ConfigManager" attempted'],
    ['config', [1], {}, 'Invalid setting identifier'],
    ['config', ['NOPE'], { on_missing: 'boo' }, 'valid values are error, warn, skip'],
    ['template', ['x.hbs'], {}, 'x.hbs is a Handlebars template, which the module template renders'],
    ['vars', ['nope'], {}, 'No variable found with this name: nope'],
    ['url', ['http://127.0.0.1:9/'], {}, 'Failed lookup url'],
    ['dig', ['example.com/FOO'], {}, 'does not ask for FOO records'],
  ])('%s %j %j fails: %s', (name, terms, options, message) => {
    expect(() => query(name, terms, options)).toThrow(message);
  });

  test('a role stands before the play, and fileglob takes the first folder that has files', () => {
    withFiles(FILES, (folder) => {
      expect(queryIn(folder, 'fileglob', ['sub/*.cfg'])).toEqual([
        join(folder, 'files/sub/one.cfg'),
        join(folder, 'files/sub/two.cfg'),
      ]);
      expect(queryIn(folder, 'fileglob', ['*.txt'])).toEqual([join(folder, 'role/files/a.txt')]);
      expect(queryIn(folder, 'first_found', ['nope', 'sub/two.cfg'])).toEqual([join(folder, 'files/sub/two.cfg')]);
      expect(queryIn(folder, 'first_found', [{ files: 'z,one.cfg', paths: ['sub'] }])).toEqual([
        join(folder, 'files/sub/one.cfg'),
      ]);
    });
  });

  test('filetree describes what is below a folder', () => {
    const found = query('filetree', ['sub']) as Map<Value, Value>[];
    expect(found.map((each) => [each.get('path'), each.get('state'), each.get('size')])).toEqual([
      ['one.cfg', 'file', 1],
      ['two.cfg', 'file', 1],
    ]);
  });

  test('a password is made once, kept for its owner alone, and is a secret', () => {
    withFiles({}, (folder) => {
      const first = queryIn(folder, 'password', ['secrets/pw length=30']);
      const path = join(folder, 'secrets/pw');
      expect(first[0]).toMatch(/^[\w.,:-]{30}$/);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(join(folder, 'secrets'))).toEqual(['pw']);
      expect(queryIn(folder, 'password', ['secrets/pw'])).toEqual(first);
      const hashed = queryIn(folder, 'password', ['secrets/pw'], { encrypt: 'md5_crypt' });
      expect(hashed[0]).toMatch(/^\$1\$/);
      expect(queryIn(folder, 'password', ['secrets/pw'], { encrypt: 'md5_crypt' })).toEqual(hashed);
      expect(readFileSync(path, 'utf8')).toMatch(/^[\w.,:-]{30} salt=[./\w]{8}\n$/);
    });
  });
});
