import { expect, test } from '@jest/globals';
import { messages, runFiles } from './support.ts';

/** One task on host a, which b does. */
function delegated(task: string, more = '') {
  return {
    'host_vars/b.yml': 'color: green\nansible_host: 127.0.0.1\n',
    'play.yml': `- hosts: a\n  gather_facts: false\n  vars: {from_play: yes}\n${more}  tasks:\n    - ${task}\n      delegate_to: b\n`,
  };
}

test.each([
  ['names who does it', '{{ ansible_delegated_vars | list }}', "['b']"],
  ['its variables', '{{ ansible_delegated_vars.b.color }} {{ ansible_delegated_vars["b"].from_play }}', 'green True'],
  ['for whom it works', '{{ ansible_delegated_vars.b.inventory_hostname }} {{ inventory_hostname }}', 'a a'],
  ['how it is reached, where the host itself does not say', '{{ ansible_host }}', '127.0.0.1'],
])('a delegated task sees %s', async (_name, text, expected) => {
  expect(messages(await runFiles(delegated(`debug: {msg: '${text}'}`)))).toEqual([`a: ${expected}`]);
});

test('a task that is not delegated sees none of it', async () => {
  const play =
    "- hosts: a\n  gather_facts: false\n  tasks:\n    - debug: {msg: '{{ ansible_delegated_vars is defined }}'}\n";
  expect(messages(await runFiles({ 'play.yml': play }))).toEqual(['a: False']);
});

test.each([
  [
    'of the play count for who does the work',
    '  vars: {ansible_connection: nosuch}\n',
    /plugin 'nosuch' of host b was not found/,
  ],
  ['set for the host itself do not', '  pre_tasks: [{set_fact: {ansible_connection: nosuch}}]\n', undefined],
])('connection variables %s', async (_name, more, message) => {
  const { lines } = await runFiles(delegated('command: "true"', more));
  const fatal = lines.find((line) => line.startsWith('fatal'));
  if (message) expect(fatal).toMatch(message);
  else expect(fatal).toBeUndefined();
});
