import type { Rule } from '../types.ts';

/** Errors that other rules tell of, and names that only a run knows. */
const NOT_OURS = ['missing', 'undefined', 'internal'];

export const parse: Rule = {
  name: 'parse',
  severity: 'error',
  docs: {
    what: 'What cannot be read: broken YAML, tabs, keywords and modules that do not exist, values of a wrong kind, files that import each other in a circle.',
    why: 'A run refuses it before it touches a host.',
    bad: '- hosts: all\n  tasks:\n    - name: Say hello\n      comand: echo hello',
    good: '- hosts: all\n  tasks:\n    - name: Say hello\n      ansible.builtin.debug:\n        msg: hello',
  },
  all: ({ errors }) =>
    errors.flatMap(({ kind, message, position, hint }) =>
      NOT_OURS.includes(kind) || !position ? [] : [{ message, position, hint }],
    ),
};
