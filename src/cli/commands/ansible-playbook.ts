import type { Command } from '../command.ts';
import { run } from './run.ts';

/** `tsplay ansible-playbook ...`: scripts go on working. Output is Ansible's, also on a terminal. */
export const ansiblePlaybook: Command = {
  summary: "run playbooks, in ansible-playbook's spelling",
  help: run.help,
  run: (args) => run.run(['--output', 'ansible', ...args]),
};
