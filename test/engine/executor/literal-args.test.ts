import { expect, test } from '@jest/globals';
import { runFiles } from './support.ts';
import { tabulate } from './table.ts';

const play = (task: string) => ({
  'play.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n    - command: touch /must/not/run\n    - ${task}\n`,
});

test.each([
  [
    'an argument that is not there',
    'copy: {dest: /x, contnet: y}',
    /play\.yml:5:24: copy: Unsupported parameters.*contnet/,
  ],
  ['a wrong type', 'file: {path: /x, recurse: maybe}', /play\.yml:5:\d+: file: argument 'recurse' is of type/],
  ['a wrong choice', 'file: {path: /x, state: gone}', /value of state must be one of/],
  ['a missing one', 'lineinfile: {line: x}', /missing required arguments: path/],
])('%s is refused before any host is touched', async (_name, task, message) => {
  const error = await runFiles(play(task), ['-l', 'a']).catch((thrown) => thrown);
  expect(error.describe()).toMatch(message);
});

tabulate('what may be left out or may fail is judged when it runs', [
  {
    name: 'a condition, ignore_errors, a rescue',
    args: ['-l', 'a'],
    tasks: `
      - copy: {nope: 1}
        when: false
      - copy: {nope: 1}
        ignore_errors: true
      - block:
          - copy: {nope: 1}
        rescue:
          - debug: {msg: rescued}`,
    says: ['a: rescued'],
  },
]);
