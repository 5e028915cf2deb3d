import { expect, test } from '@jest/globals';
import { messages, runFiles } from './support.ts';
import { tabulate } from './table.ts';

tabulate('modules that are not here', [
  {
    name: 'known ones and those of any collection fail only where they are reached',
    args: ['-l', 'a'],
    tasks: `
      - {rpm_key: {key: x}, when: false}
      - {community.general.homebrew: {name: x}, when: false}
      - {my.own.thing: some text, when: false}
      - {my.own.thing: {a: 1}, ignore_errors: true, register: it}
      - debug: {msg: "{{ it is failed }}"}`,
    says: ['a: True'],
  },
  {
    name: 'one that is reached fails its host, in a rescue too',
    args: ['-l', 'a'],
    tasks: `
      - block: [{azure.azcollection.azure_rm_vm: {name: x}}]
        rescue: [{debug: {msg: "{{ ansible_failed_result.msg }}"}}]`,
    says: ["a: couldn't resolve module/action 'azure.azcollection.azure_rm_vm'. The module is not built in."],
  },
]);

const ONE_TASK = (task: string) => ({
  'play.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n    - ${task}\n      when: false\n    - debug: {msg: end}\n`,
});

test.each(['fortinet.fortios.fortios_system: {}', 'mine: {}'])('%s does no harm where it is left out', async (task) => {
  const ran = await runFiles({ ...ONE_TASK(task), 'library/mine.py': 'import ansible.module_utils.basic' }, [
    '-l',
    'a',
  ]);
  expect(messages(ran)).toEqual(['a: end']);
});

test.each(['lineinfle: {}', 'ansible.builtin.lineinfle: {}', 'community.general.ufww: {}'])(
  '%s is a mistake, found before anything runs',
  async (task) => {
    await expect(runFiles(ONE_TASK(task))).rejects.toMatchObject({ kind: 'parse', position: { line: 4 } });
  },
);
