import { expect, test } from '@jest/globals';
import { unsupportedModules } from '../../../src/engine/executor/unsupported-modules.ts';
import { actionTable } from '../../../src/engine/modules/registry.ts';
import { load } from '../playbook/fixture.ts';

const ALL = { play: () => true, task: () => true };

function found(text: string, reach = ALL, files: Readonly<Record<string, string>> = {}) {
  const { plays } = load({ ...files, 'site.yml': text }, { actions: actionTable });
  return unsupportedModules(plays, reach).map(({ name, places, certain }) => [name, places.length, certain?.line]);
}

const play = (tasks: string) => `- hosts: all\n  tasks:\n${tasks.replace(/^/gm, '    ')}\n`;

test.each([
  ['a task', play('- win_ping:'), 3],
  ['a condition', play('- win_ping:\n  when: x'), undefined],
  ['a loop, which may be empty', play('- win_ping:\n  loop: []'), undefined],
  ['an old loop', play('- win_ping:\n  with_items: []'), undefined],
  ['a failure that is ignored', play('- win_ping:\n  ignore_errors: true'), undefined],
  ['a block with a condition', play('- when: x\n  block:\n    - win_ping:'), undefined],
  ['a block with a rescue', play('- block:\n    - win_ping:\n  rescue:\n    - debug:'), undefined],
  ['the rescue itself', play('- block:\n    - debug:\n  rescue:\n    - win_ping:'), undefined],
  ['what always runs', play('- block:\n    - debug:\n  always:\n    - win_ping:'), 6],
  ['after what may end the play', play('- meta: end_play\n  when: x\n- win_ping:'), undefined],
  ['a handler', '- hosts: all\n  handlers:\n    - win_ping:\n', undefined],
])('%s', (_name, text, certain) => {
  expect(found(text)).toEqual([['win_ping', 1, certain]]);
});

test('a role that is used twice counts once, and a condition where it is used holds', () => {
  const roles = { 'roles/r/tasks/main.yml': '- win_ping:\n', 'roles/r/handlers/main.yml': '- win_ping:\n' };
  const text = '- hosts: all\n  roles:\n    - {role: r, when: x}\n    - {role: r, when: y, vars: {a: 1}}\n';
  expect(found(text, ALL, roles)).toEqual([['win_ping', 2, undefined]]);
});

test('what no host or tag leads to is not certain, or not there', () => {
  expect(found(play('- win_ping:'), { ...ALL, play: () => false })).toEqual([['win_ping', 1, undefined]]);
  expect(found(play('- win_ping:'), { ...ALL, task: () => false })).toEqual([]);
});

test.each([
  ['fortinet.fortios.fortios_system', 'is not built in'],
  ['docker_container', 'of community.docker is not built in'],
  ['mine', 'is in Python (library/mine.py:2 takes ansible.module_utils); write it anew as docs/extending.md says'],
])('%s: why', (name, reason) => {
  const { plays } = load(
    { 'site.yml': play(`- ${name}:`), 'library/mine.py': '\nimport ansible.module_utils.basic' },
    { actions: actionTable },
  );
  expect(unsupportedModules(plays, ALL).map((module) => module.reason.replace(/\(.*(library)/, '($1'))).toEqual([
    reason,
  ]);
});
