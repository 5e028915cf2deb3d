import { expect, test } from '@jest/globals';
import { type Files, lintFiles } from './support.ts';

const play = (tasks: string, more = ''): Files => ({ 'site.yml': `- hosts: all\n${more}  tasks:\n${tasks}` });
const debug = '    - name: Say\n      ansible.builtin.debug: {msg: hi}\n';

const table: [title: string, files: Files, found: string[]][] = [
  ['plain Ansible', play(debug), []],
  ['retry', play(`${debug}      retry: {times: 2}\n`), ['site.yml:3 retry']],
  ['undo', play(`${debug}      undo: echo\n`), ['site.yml:3 undo']],
  ['a phase of a play', play(debug, '  phase: one\n'), ['site.yml:2 phase']],
  [
    'what is in a phase',
    play(
      `    - phase: {name: one, undo: [{ name: U, ansible.builtin.debug: {msg: u}, retry: {times: 1}}]}\n      block:\n    ${debug.replaceAll('\n', '\n    ')}`,
    ),
    ['site.yml:3 phase', 'site.yml:3 retry'],
  ],
  ['the strategy', play(debug, '  strategy: quorum\n'), ['site.yml:1 strategy: quorum']],
  ['another strategy', play(debug, '  strategy: free\n'), []],
  ['serial_health', play(debug, `  serial_health:\n${debug}`), ['site.yml:2 serial_health']],
  ['a module', play('    - tsplay.builtin.collect: {cluster: a, kind: b}\n'), ['site.yml:3 tsplay.builtin.collect']],
  ['its short name', play('    - export: {cluster: a, kind: b}\n'), ['site.yml:3 tsplay.builtin.export']],
  [
    'a module of the user',
    { ...play('    - greet:\n'), 'library/greet.ts': 'export default {};\n' },
    ['site.yml:3 a module in TypeScript'],
  ],
  [
    'a template, and the role of it',
    {
      'site.yml': '- hosts: all\n  roles: [app]\n',
      'roles/app/tasks/main.yml': '- ansible.builtin.template: {src: "{{ ansible_host }}.hbs", dest: /a}\n',
      'roles/app/templates/a.hbs': 'a\n',
    },
    ['roles/app/tasks/main.yml:1 a Handlebars template', 'roles/app/templates/a.hbs:1 a Handlebars template'],
  ],
];

test.each(table)('%s', async (_, files, found) => {
  const findings = await lintFiles(files, ['.'], ['only-tsplay']);
  const shown = findings.map(({ message, position: { file, line } }) => `${file}:${line} ${message}`);
  expect(shown).toEqual(found.map((text) => text.replace(' ', ' Ansible does not have this: ')));
});

test('is told only where it is asked for', async () => {
  const [, files] = table[1]!;
  expect(await lintFiles(files)).toEqual([]);
});
