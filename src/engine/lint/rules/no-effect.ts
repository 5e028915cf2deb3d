import type { Rule } from '../types.ts';

export const noEffect: Rule = {
  name: 'no-effect',
  severity: 'warning',
  docs: {
    what: 'What a run reads and makes no use of: an empty file of tasks, a plugin in Python, defaults of a module that does not exist.',
    why: 'Somebody expects it to do something.',
    bad: '- hosts: all\n  module_defaults:\n    copi:\n      mode: "0600"',
    good: '- hosts: all\n  module_defaults:\n    ansible.builtin.copy:\n      mode: "0600"',
  },
  all: ({ notices }) => notices.filter(({ topic }) => topic === undefined),
};
