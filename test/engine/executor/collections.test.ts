import { expect, test } from '@jest/globals';
import { runFiles } from './support.ts';
import { type Case, tabulate } from './table.ts';

const OWN = 'collections/ansible_collections/my/own';
const OTHER = 'collections/ansible_collections/my/other';

function says(word: string): string {
  return `#!/bin/sh\necho '{"msg": "${word}"}'\n`;
}

const RUNTIME = `action_groups:
  all: [here, my.own.sub.deep, {metadata: {extend_group: more}}]
  more: [my.other.new, {metadata: {extend_group: [all]}}]
plugin_routing:
  modules:
    old: {redirect: my.other.new}
    late: {redirect: my.own.here, deprecation: {removal_version: "3.0", warning_text: use here}}
    gone: {tombstone: {removal_version: "2.0", warning_text: use here instead}}
    round: {redirect: my.own.about}
    about: {redirect: my.own.round}
`;

const FILES = {
  [`${OWN}/meta/runtime.yml`]: RUNTIME,
  [`${OWN}/plugins/modules/here.sh`]: says('here'),
  [`${OWN}/plugins/modules/sub/deep.sh`]: says('deep'),
  [`${OTHER}/plugins/modules/new.sh`]: says('new'),
  [`${OWN}/roles/r/tasks/main.yml`]: '- here:\n  register: r\n- debug: {msg: "role {{ r.msg }}"}\n',
  [`${OWN}/playbooks/site.yml`]: '- hosts: a\n  gather_facts: false\n  roles: [r]\n',
};

function play(tasks: string, keywords = ''): string {
  return `- hosts: a\n  gather_facts: false\n${keywords}  tasks:\n${tasks}`;
}

function registered(name: string): string {
  return `    - {${name}: {}, register: r}\n    - debug: {msg: "{{ r.msg }}"}\n`;
}

const cases: Case[] = [
  {
    name: 'a module under its full name, a short one by collections:, a folder in a name',
    files: {
      ...FILES,
      'play.yml': play(
        registered('my.own.here') + registered('here') + registered('my.own.sub.deep'),
        '  collections: [my.own]\n',
      ),
    },
    says: ['a: here', 'a: here', 'a: deep'],
  },
  {
    name: 'redirects are followed, to other collections too, and told',
    files: { ...FILES, 'play.yml': play(registered('my.own.old') + registered('my.own.late')) },
    says: ['a: new', 'a: here'],
  },
  {
    name: 'a group of modules in module_defaults, below what is said of the module itself',
    files: {
      ...FILES,
      [`${OTHER}/plugins/modules/new.sh`]: '#!/bin/sh\n. "$1"\nprintf \'{"msg": "%s %s"}\' "$a" "$b"\n',
      'play.yml': play(
        registered('my.other.new'),
        '  module_defaults: {group/my.own.all: {a: 1, b: 2}, my.other.new: {b: 3}}\n',
      ),
    },
    says: ['a: 1 3'],
  },
  {
    name: 'a role, whose tasks find the modules of its collection',
    files: { ...FILES, 'play.yml': '- hosts: a\n  gather_facts: false\n  roles: [my.own.r]\n' },
    says: ['a: role here'],
  },
  {
    name: 'a playbook that is imported by its full name, whose roles are those of its collection',
    files: { ...FILES, 'play.yml': '- import_playbook: my.own.site\n' },
    says: ['a: role here'],
  },
];

tabulate('collections on disk', cases);

test('a playbook of a collection that is not there', async () => {
  await expect(runFiles({ 'play.yml': '- import_playbook: no.where.site\n' })).rejects.toMatchObject({
    message: "the playbook 'no.where.site' was not found in the collection no.where",
    position: { line: 1 },
  });
});

test.each([
  ['my.own.gone', 'my.own.gone has been removed: use here instead (2.0)'],
  ['my.own.round', 'plugin redirect loop: my.own.round -> my.own.about -> my.own.round'],
  ['my.own.nothing', "couldn't resolve module/action 'my.own.nothing'"],
])('%s is refused with its place', async (name, message) => {
  const files = { ...FILES, 'play.yml': play(`    - ${name}:\n`) };
  await expect(runFiles(files)).rejects.toMatchObject({
    message: expect.stringContaining(message),
    position: { line: 4, column: 7 },
  });
});
