import type { Rule } from '../types.ts';

const WITHOUT = ['meta', 'include_tasks', 'include_role'];

export const noName: Rule = {
  name: 'no-name',
  severity: 'warning',
  docs: {
    what: 'A task without a name. `meta` and includes need none.',
    why: 'A run shows names; without them nobody knows what is being done, or where to start again.',
    bad: '- hosts: all\n  tasks:\n    - ansible.builtin.service:\n        name: ssh\n        state: started',
    good: '- hosts: all\n  tasks:\n    - name: Start the SSH server\n      ansible.builtin.service:\n        name: ssh\n        state: started',
  },
  task({ task }) {
    if (task.keywords.name !== undefined || WITHOUT.includes(task.action)) return [];
    return [
      { message: `this ${task.written} has no name`, position: task.position, hint: 'say what it is for with `name:`' },
    ];
  },
};
