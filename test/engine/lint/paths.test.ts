import { expect, test } from '@jest/globals';
import { type Files, lintFiles, shown } from './support.ts';

const bad = '- comand: x\n';
const broken = '- hosts: all\n  tasks:\n    - comand: x\n';

/** Which files a path leads to: each of them has a mistake that is told. */
const table: [title: string, path: string, files: Files, found: string[]][] = [
  ['a playbook', 'site.yml', { 'site.yml': broken }, ['site.yml:3:7']],
  [
    'a folder of playbooks and roles',
    '.',
    { 'playbooks/site.yml': broken, 'roles/a/tasks/main.yml': bad },
    ['playbooks/site.yml:3:7', 'roles/a/tasks/main.yml:1:3'],
  ],
  [
    'a role',
    'roles/a',
    { 'roles/a/tasks/main.yml': bad, 'roles/a/handlers/main.yml': bad, 'roles/b/tasks/main.yml': bad },
    ['roles/a/handlers/main.yml:1:3', 'roles/a/tasks/main.yml:1:3'],
  ],
  [
    'variables of a role',
    'roles/a',
    { 'roles/a/vars/main.yml': 'a: {', 'roles/a/defaults/other.yml': '- a' },
    ['roles/a/defaults/other.yml:1:1', 'roles/a/vars/main.yml:1:4'],
  ],
  [
    'one file of tasks',
    'roles/a/tasks/x.yml',
    { 'roles/a/tasks/x.yml': bad, 'roles/a/tasks/y.yml': bad },
    ['roles/a/tasks/x.yml:1:3'],
  ],
  ['one file of handlers', 'handlers/x.yml', { 'handlers/x.yml': '- listen: a\n  comand: x' }, ['handlers/x.yml:2:3']],
  ['a file of tasks anywhere', 'x.yml', { 'x.yml': bad }, ['x.yml:1:3']],
  ['one template', 'x.j2', { 'x.j2': '{{ a' }, ['x.j2:1:3']],
  ['variables of groups', '.', { 'group_vars/all/x.yml': 'a: [' }, ['group_vars/all/x.yml:1:4']],
  ['an inventory by its name', 'hosts.yml', { 'hosts.yml': 'all:\n  hosts: [a]\n' }, ['hosts.yml:2:10']],
  ['inventories when named', 'inventories', { 'inventories/x/hosts.yml': '- a\n' }, ['inventories/x/hosts.yml:1:1']],
  ['inventories when not named', '.', { 'inventories/x/hosts.yml': '- a\n' }, []],
  [
    'YAML of others',
    '.',
    { 'compose.yml': 'a: [', '.github/workflows/x.yml': broken, 'k8s.yml': 'a: 1\n---\nb: 2\n', 'files/x.yml': broken },
    [],
  ],
];

test.each(table)('%s', async (_title, path, files, found) => {
  const findings = await lintFiles(files, [path], ['parse', 'template-syntax']);
  expect(findings.map((finding) => shown(finding).split(' ')[0])).toEqual(found);
});

test('a path that is not there', async () => {
  await expect(lintFiles({}, ['no.yml'])).rejects.toThrow('there is no file or folder');
});

const hostile: [title: string, text: string][] = [
  ['nothing', ''],
  ['no text', '\u0000\u0001\u0002'],
  ['a very deep list', `- hosts: ${'['.repeat(20_000)}`],
  [
    'a bomb of aliases',
    [
      '- hosts: all',
      '  vars:',
      '    a0: &a0 ["{{ x }}"]',
      ...Array.from({ length: 30 }, (_, n) => `    a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}, *a${n}]`),
    ].join('\n'),
  ],
  ['an alias of itself', '- hosts: all\n  vars: &v\n    a: *v\n'],
  ['a tag of Python', '- hosts: !!python/object/apply:os.system ["id"]\n'],
  ['plays that are no plays', '- hosts: all\n- 5\n- [a]\n- null\n'],
  [
    'names of prototypes',
    '- hosts: all\n  __proto__: {a: 1}\n  tasks:\n    - constructor: {}\n    - copy: {__proto__: 1, dest: /x, content: x}\n',
  ],
  ['a deep template', `- hosts: all\n  tasks:\n    - debug: {msg: "{{ ${'('.repeat(5000)} }}"}\n`],
];

test.each(hostile)('ends on %s', async (_title, text) => {
  const findings = await lintFiles({ 'site.yml': text }, ['site.yml']);
  expect(findings.filter(({ rule }) => rule === 'internal')).toEqual([]);
});

test('evaluates nothing', async () => {
  const files = {
    'site.yml': '- hosts: all\n  vars: {a: "{{ lookup(\'pipe\', \'touch pwned\') }}"}\n  roles:\n    - "{{ a }}"\n',
  };
  const findings = await lintFiles(files);
  expect(findings).toEqual([]);
});
