import type { Block, Keywords, Task } from '../../model/playbook.ts';
import type { TaskAt } from '../content.ts';
import type { Rule } from '../types.ts';

export const partialBecome: Rule = {
  name: 'partial-become',
  severity: 'warning',
  docs: {
    what: '`become_user` where nothing says `become`, neither the task nor what is around it.',
    why: 'The user is named and never used: the task runs as the one who connected.',
    bad: '- hosts: all\n  tasks:\n    - name: Look at the database\n      ansible.builtin.command: psql -l\n      changed_when: false\n      become_user: postgres',
    good: '- hosts: all\n  tasks:\n    - name: Look at the database\n      ansible.builtin.command: psql -l\n      changed_when: false\n      become: true\n      become_user: postgres',
  },
  task(at) {
    const levels = around(at);
    // A role by itself does not know the play that it will stand in.
    if (!at.place.play || levels.some(({ become }) => become !== undefined)) return [];
    const own = levels[0]!.become_user !== undefined;
    if (!own) return [];
    return [
      { message: 'become_user without become has no effect', position: at.task.position, hint: 'add `become: true`' },
    ];
  },
};

function around({ task, place }: TaskAt): Keywords[] {
  const levels: Keywords[] = [];
  for (let at: Block | Task | undefined = task; at; at = at.parent) {
    levels.push(at.keywords);
    if (at.role) levels.push(at.role.tasks.keywords);
  }
  return [...levels, place.play?.keywords ?? {}];
}
