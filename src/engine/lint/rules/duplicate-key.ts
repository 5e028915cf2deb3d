import type { Rule } from '../types.ts';

export const duplicateKey: Rule = {
  name: 'duplicate-key',
  severity: 'error',
  docs: {
    what: 'A key that stands twice in one mapping.',
    why: 'The last one wins without a word, and what the first says is lost.',
    bad: '- hosts: all\n  vars:\n    port: 80\n    port: 8080',
    good: '- hosts: all\n  vars:\n    port: 8080',
  },
  all: ({ notices }) => notices.filter(({ topic }) => topic === 'duplicate-key'),
};
