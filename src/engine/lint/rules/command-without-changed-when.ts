import type { Rule } from '../types.ts';

const COMMANDS = ['command', 'shell', 'raw', 'script'];

export const commandWithoutChangedWhen: Rule = {
  name: 'command-without-changed-when',
  severity: 'warning',
  docs: {
    what: 'A command that does not say when it changed something. Handlers are left out: they run because something changed.',
    why: 'It counts as changed in every run, so nobody sees what really changed; and check mode cannot know what it would do.',
    bad: '- hosts: all\n  tasks:\n    - name: Read the version\n      ansible.builtin.command: app --version\n      register: version',
    good: '- hosts: all\n  tasks:\n    - name: Read the version\n      ansible.builtin.command: app --version\n      register: version\n      changed_when: false',
  },
  task({ task }) {
    const { action, args, keywords, isHandler, deferredArgs, position } = task;
    if (!COMMANDS.includes(action) || isHandler || deferredArgs !== undefined) return [];
    if (keywords.changed_when || args.has('creates') || args.has('removes')) return [];
    return [
      { message: `${action} counts as changed in every run`, position, hint: 'say changed_when, creates or removes' },
    ];
  },
};
