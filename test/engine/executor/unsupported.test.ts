import { expect, test } from '@jest/globals';
import { runFiles } from './support.ts';

const play = (task: string) => ({
  'inc.yml': `- ${task}\n`,
  'play.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n    - command: "true"\n    - ${task}\n`,
});

test.each([['debugger', 'command: "true"\n      debugger: on_failed', /play\.yml:5:7.*debugger is not supported/]])(
  '%s is refused with its place before anything runs',
  async (_name, task, message) => {
    await expect(runFiles(play(task), ['-l', 'a'])).rejects.toThrow();
    const error = await runFiles(play(task), ['-l', 'a']).catch((thrown) => thrown);
    expect(error.describe()).toMatch(message);
  },
);
