import type { Command } from '../command.ts';
import { optionHelp } from '../options.ts';
import { applyPlan } from '../plan/apply.ts';
import { APPLY_OPTIONS } from '../plan/options.ts';

export const apply: Command = {
  summary: 'carry out a plan, and nothing else',
  help: () => `Usage: tsplay apply PLAN [OPTIONS]

Does what a plan of tsplay plan says. Before anything is changed all hosts are looked at again: if one is not as it was,
or a file of the content changed, nothing is done. A task that would do something else than planned ends the run.

${optionHelp(APPLY_OPTIONS)}

Exit codes: 0 all well, 1 error, 2 a host failed or drifted, 4 a host was unreachable, 5 the plan cannot be used.
`,
  run: (args) => applyPlan({ command: 'apply', args }),
};
