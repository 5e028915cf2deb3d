import type { Rule } from '../types.ts';

export const unavailableModule: Rule = {
  name: 'unavailable-module',
  severity: 'warning',
  docs: {
    what: 'A module that exists and that tsplay does not have, or one written in Python.',
    why: 'The task fails if a run reaches it. Under a condition that is never true here it does no harm.',
    bad: '- hosts: all\n  tasks:\n    - name: Make a container\n      community.docker.docker_container:\n        name: web',
    good: '- hosts: all\n  tasks:\n    - name: Start the service\n      ansible.builtin.service:\n        name: web\n        state: started',
  },
  all: ({ notices }) => notices.filter(({ topic }) => topic === 'unavailable-module'),
};
