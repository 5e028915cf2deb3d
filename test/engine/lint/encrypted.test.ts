import { expect, test } from '@jest/globals';
import { block, GREETING, VARS_FILE } from '../vault/samples.ts';
import { lintFiles } from './support.ts';

const PLAY = `
- hosts: all
  vars_files: [secrets.yml]
  roles: [locked]
  tasks:
    - name: Show what only the vault knows
      ansible.builtin.debug:
        msg: "{{ db_password }} {{ text }}"
      vars:
        text: !vault |
          ${block(GREETING, 10)}
    - name: Include what is encrypted
      ansible.builtin.include_tasks: hidden.yml
`;

const TASKS = '- name: Ping\n  ansible.builtin.ping:\n';

test.each<[string, Record<string, string>]>([
  ['in files that are named', { 'site.yml': PLAY, 'secrets.yml': VARS_FILE, 'hidden.yml': VARS_FILE }],
  ['in group_vars', { 'site.yml': PLAY, 'secrets.yml': '{}\n', 'hidden.yml': TASKS, 'group_vars/all.yml': VARS_FILE }],
])('what is encrypted %s may define anything', async (_name, files) => {
  const role = { 'roles/locked/tasks/main.yml': VARS_FILE, 'roles/locked/vars/main.yml': VARS_FILE };
  expect(await lintFiles({ ...files, ...role }, ['site.yml'])).toEqual([]);
});

test('where nothing is encrypted, a name that is defined nowhere is told', async () => {
  const files = { 'site.yml': PLAY.replace('roles: [locked]', ''), 'secrets.yml': '{}\n', 'hidden.yml': TASKS };
  const findings = await lintFiles(files, ['site.yml']);
  expect(findings.map(({ message }) => message)).toEqual(["'db_password' is defined nowhere"]);
});

test('encrypted targets are no mistake', async () => {
  const files = {
    'tasks.yml': VARS_FILE,
    'site.yml': VARS_FILE,
    'roles/r/tasks/main.yml': VARS_FILE,
    'hosts.ini': VARS_FILE,
  };
  expect(await lintFiles(files)).toEqual([]);
});
