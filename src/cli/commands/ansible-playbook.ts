import type { Command } from '../command.ts';
import { run } from './run.ts';

/** `tsplay ansible-playbook ...`: scripts go on working. Output is Ansible's unless it goes to a terminal. */
export const ansiblePlaybook: Command = {
  summary: "run playbooks, in ansible-playbook's spelling",
  help: run.help,
  async run(args) {
    if (args.includes('--version')) {
      const { LANGUAGE_VERSION, VERSION } = await import('../version.ts');
      process.stdout.write(`ansible-playbook [core ${LANGUAGE_VERSION}] (tsplay ${VERSION})\n`);
      return 0;
    }
    return run.run(args);
  },
};
