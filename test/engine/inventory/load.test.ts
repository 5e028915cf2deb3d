import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadInventory } from '../../../src/engine/inventory/load.ts';
import { matchHosts } from '../../../src/engine/inventory/patterns.ts';
import type { Inventory } from '../../../src/engine/model/inventory.ts';
import { Float, isTuple, type Value } from '../../../src/engine/model/value.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inventory-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

async function load(...sources: string[]): Promise<{ inventory: Inventory; warnings: string[] }> {
  const warnings: string[] = [];
  const compile = (text: string) => (text.includes('{{') ? `compiled ${text}` : text);
  const inventory = await loadInventory(sources, { compile, onWarning: (message) => warnings.push(message) });
  return { inventory, warnings };
}

/** `web: a b; db: c`, groups without hosts or children left out. */
function groupsText({ groups }: Inventory): string {
  return [...groups.values()]
    .flatMap(({ name, hosts, children }) => {
      const members = [...children].map((child) => `@${child}`).concat([...hosts]);
      return members.length > 0 ? [`${name}: ${members.join(' ')}`] : [];
    })
    .join('; ');
}

describe('formats', () => {
  test.each<[string, string, string]>([
    [
      'hosts.yml',
      'all:\n  hosts:\n    m[1:2]:\n  children:\n    web:\n      hosts:\n        w1: {x: 1}\n    db:\n      hosts: d1\n      children:\n        deep: {hosts: {w1: }}\n    empty:\n',
      'all: @ungrouped @web @db @empty m1 m2; ungrouped: m1 m2; web: w1; db: @deep d1; deep: w1',
    ],
    ['hosts.json', '{"web": {"hosts": {"a": {"x": 1}}}}', 'all: @ungrouped @web; web: a'],
    ['hosts', 'web:\n  hosts:\n    a:\n', 'all: @ungrouped @web; web: a'],
    [
      'hosts.ini',
      '# c\nmail\n[web]\nw[a:c]\n[dc:children]\nweb\ndb\n[db]\nd1 x=1 # c\n; c\n',
      'all: @ungrouped @dc; ungrouped: mail; web: wa wb wc; dc: @web @db; db: d1',
    ],
    ['moved.ini', 'h1\nh2\n[a]\nh1\n', 'all: @ungrouped @a; ungrouped: h2; a: h1'],
    ['plain', 'h1\nh2 a=b\n', 'all: @ungrouped; ungrouped: h1 h2'],
    ['empty.yml', '', 'all: @ungrouped'],
  ])('%s', async (name, text, groups) => {
    const { inventory, warnings } = await load(put(`formats/${name}`, text));
    expect(groupsText(inventory)).toBe(groups);
    expect(warnings).toEqual([]);
  });

  test('a list of hosts', async () => {
    const { inventory } = await load('h1, h2:22,[::1]:2222,');
    expect(groupsText(inventory)).toBe('all: @ungrouped; ungrouped: h1 h2 ::1');
    expect([...inventory.hosts.values()].map(({ vars }) => vars.get('ansible_port'))).toEqual([undefined, 22, 2222]);
    expect(inventory.sources).toEqual([]);
  });

  test('a folder is read in order, and what is no inventory is passed over', async () => {
    put('folder/1.yml', 'web: {hosts: {a: {x: 1, y: 1}}}');
    put('folder/2', '[web]\nb\na x=2\n');
    put('folder/3.ini', 'z');
    put('folder/.hidden', 'z');
    put('folder/group_vars/web.yml', 'x: 3');
    const { inventory, warnings } = await load(join(folder, 'folder'), 'c,');
    expect(groupsText(inventory)).toBe('all: @ungrouped @web; ungrouped: c; web: a b');
    expect(inventory.hosts.get('a')?.vars).toEqual(
      new Map([
        ['x', 2],
        ['y', 1],
      ]),
    );
    expect(inventory.sources).toEqual([join(folder, 'folder')]);
    expect(warnings).toEqual([]);
  });

  test('scripts, with and without _meta', async () => {
    const json =
      '{"web": {"hosts": ["a", "b"], "vars": {"v": 1}}, "db": ["c"], "dc": {"children": ["web"]}, "_meta": {"hostvars": {"a": {"x": 2.0}}}}';
    const withMeta = put('script.sh', `#!/bin/sh\n[ "$1" = --list ] && echo '${json}'\n`, 0o755);
    const { inventory } = await load(withMeta);
    expect(groupsText(inventory)).toBe('all: @ungrouped @db @dc; web: a b; db: c; dc: @web');
    expect(inventory.hosts.get('a')?.vars.get('x')).toEqual(new Float(2));
    const bare = put(
      'bare.sh',
      `#!/bin/sh\n[ "$1" = --list ] && echo '{"web": ["a"]}' || echo "{\\"n\\": \\"$2\\"}"\n`,
      0o755,
    );
    expect((await load(bare)).inventory.hosts.get('a')?.vars.get('n')).toBe('a');
  });
});

describe('values of INI', () => {
  test.each<[string, Value]>([
    ['8080', 8080],
    ['0644', '0644'],
    ['0x1f', 31],
    ['1_000', 1000],
    ['-3', -3],
    ['1.5', 1.5],
    ['5.', new Float(5)],
    ['1e3', new Float(1000)],
    ['99999999999999999999', 99999999999999999999n],
    ['True', true],
    ['true', 'true'],
    ['None', null],
    ['yes', 'yes'],
    ['', ''],
    ['"q"', 'q'],
    ['\'a\' "b"', 'ab'],
    ["u'\\x41\\n'", 'A\n'],
    ["r'\\n'", '\\n'],
    ["[1, 'a', None,]", [1, 'a', null]],
    [
      "{'a': [1.5], 5: True}",
      new Map<Value, Value>([
        ['a', [1.5]],
        [5, true],
      ]),
    ],
    ['[1, x]', '[1, x]'],
    ['5 # five', 5],
    ['five # 5', 'five # 5'],
    ['x=y', 'x=y'],
    ['{{ a }}', 'compiled {{ a }}'],
    ["['{{ a }}']", ['compiled {{ a }}']],
  ])('%s', async (text, value) => {
    const { inventory } = await load(put('values.ini', `[g]\nh\n[g:vars]\nv = ${text}\n`));
    expect(inventory.groups.get('g')?.vars.get('v')).toEqual(value);
  });

  test('a list without brackets is a tuple', async () => {
    const { inventory } = await load(put('tuple.ini', 'h v=80,443\n'));
    const value = inventory.hosts.get('h')?.vars.get('v') as Value;
    expect(value).toEqual([80, 443]);
    expect(isTuple(value)).toBe(true);
  });

  test('words of a host line', async () => {
    const line = `h:2222 a="x y" b='{"k": 1}' c=[1,'x'] d=a\\ b e= f=x#comment g=1\n`;
    const { inventory } = await load(put('words.ini', line));
    expect(inventory.hosts.get('h')?.vars).toEqual(
      new Map<string, unknown>([
        ['ansible_port', 2222],
        ['a', 'x y'],
        ['b', new Map([['k', 1]])],
        ['c', '[1,x]'],
        ['d', 'a b'],
        ['e', ''],
        ['f', 'x'],
      ]),
    );
  });
});

describe('ranges', () => {
  test.each<[string, string]>([
    ['w[1:3]', 'w1 w2 w3'],
    ['w[01:10:3].x', 'w01.x w04.x w07.x w10.x'],
    ['w[:2]', 'w0 w1 w2'],
    ['w[a:f:2]', 'wa wc we'],
    ['w[1:2]-[a:b]', 'w1-a w1-b w2-a w2-b'],
    ['10.0.0.[9:11]', '10.0.0.9 10.0.0.10 10.0.0.11'],
  ])('%s', async (entry, names) => {
    const { inventory } = await load(put('range.ini', `${entry}\n`));
    expect([...inventory.hosts.keys()].join(' ')).toBe(names);
  });
});

describe('a source that is no inventory is left out, with one message', () => {
  test.each<[string, string, string]>([
    ['a.ini', '[web]\ngood\nfoo bar\n', 'a.ini:3:5: Expected key=value host variable assignment, got: bar'],
    ['b.ini', '[web:foo]\n', 'b.ini:1:1: Section [web:foo] has unknown type: foo'],
    ['c.ini', '[a:vars]\nx=1\n', 'c.ini:1:1: Section [a:vars] not valid for undefined group: a'],
    ['d.ini', '[a:children]\nb\n', 'd.ini:2:1: Section [a:children] includes undefined group: b'],
    ['e.ini', '[a:children]\nb\n[b:children]\na\n', "e.ini:4:1: Adding group 'a' as child to 'b' creates a recursive"],
    ['f.ini', 'h "x\n', "f.ini:1:1: Error parsing host definition 'h \"x': No closing quotation; close the quote"],
    ['g.ini', '[a b]\n', "g.ini:1:1: Invalid section entry: '[a b]'"],
    ['h.ini', '[a]\nh\n[a:vars]\nx\n', 'h.ini:4:1: Expected key=value, got: x'],
    ['i.ini', 'h[1-3]\n', 'i.ini:1:1: host range must be begin:end or begin:end:step'],
    ['j.ini', 'h[3:a]\n', 'j.ini:1:1: "[3:a]" is no range of numbers or letters'],
    ['k.ini', 'h[08:010]\n', 'k.ini:1:1: host range must specify equal-length begin and end formats'],
    ['l.ini', 'h[1:99999999]\n', 'l.ini:1:1: the host range names too many hosts'],
    ['m.yml', '- a\n', 'm.yml:1:1: YAML inventory has invalid structure, it should be a dictionary, got a list'],
    [
      'n.yml',
      'all:\n  hosts: [a]\n',
      'n.yml:2:10: Invalid "hosts" entry for "all" group, requires a dictionary, found a list',
    ],
    ['o.yml', 'all:\n  hosts:\n    10:\n', 'o.yml:3:5: Host pattern 10 must be a string'],
    ['p.yml', 'all:\n  hosts:\n   a: b: c\n', 'p.yml:3:8: mapping values are not allowed here'],
    ['q.yml', 'plugin: aws_ec2\n', 'q.yml:1:1: the inventory plugin "aws_ec2" is Python and is not supported'],
    ['r.yml', 'a: {children: {b: {children: {a: }}}}\n', 'creates a recursive dependency loop'],
    ['t', '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 't:1:1: Attempting to decrypt but no vault secrets found'],
  ])('%s', async (name, text, message) => {
    const path = put(`bad/${name}`, text);
    const { inventory, warnings } = await load(path, 'other,');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`Unable to parse ${path} as an inventory source: `);
    expect(warnings[0]).toContain(message);
    expect(groupsText(inventory)).toBe('all: @ungrouped; ungrouped: other');
  });

  test('a script that fails', async () => {
    const path = put('bad/script', '#!/bin/sh\necho no such cloud >&2\nexit 3\n', 0o755);
    expect((await load(path, 'h,')).warnings[0]).toContain('the inventory script failed: no such cloud');
  });

  test('no source at all can be read', async () => {
    const { warnings } = await load(join(folder, 'missing.yml'));
    expect(warnings).toEqual([
      `Unable to parse ${join(folder, 'missing.yml')} as an inventory source: there is no such file; check the path given with -i`,
      'No inventory was parsed, only implicit localhost is available',
    ]);
  });
});

test('depth and priority of groups', async () => {
  const text = '[a]\nh\n[b:children]\na\n[c:children]\nb\na\n[a:vars]\nansible_group_priority=7\n';
  const { groups } = (await load(put('depth.ini', text))).inventory;
  expect(['all', 'c', 'b', 'a'].map((name) => groups.get(name)?.depth)).toEqual([0, 1, 2, 3]);
  expect(groups.get('a')?.priority).toBe(7);
  expect(groups.get('a')?.vars.size).toBe(0);
});

test('names that are warned of', async () => {
  const { inventory, warnings } = await load(put('names.ini', '[my-group]\nx\n[x]\ny\n'));
  expect(warnings).toEqual([
    'Invalid characters were found in group names but not replaced, use -vvvv to see details',
    'Found both group and host with same name: x',
  ]);
  expect(matchHosts(inventory, 'my-group')).toEqual(['x']);
});

test('a YAML inventory says what it passes over, and which keys stand twice', async () => {
  const path = put('odd.yml', 'web:\n  hosts: {a: }\n  hosts: {b: }\n  host: {c: }\n');
  expect((await load(path)).warnings).toEqual([
    `${path}:3:3: duplicate key "hosts" (first on line 2). Using last defined value only.`,
    `Skipping unexpected key (host) in group (web), only "vars", "children" and "hosts" are valid (${path}:4:3)`,
  ]);
});
