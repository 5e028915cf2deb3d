import { invocationOf, type KeptRun } from '../../engine/journal/open.ts';
import { readTold } from '../../engine/journal/story/told-events.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Command } from '../command.ts';
import { readAssume } from '../journal/assume.ts';
import { findRun, goOnWith, isUnfinished, latestRun } from '../journal/find.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import type { Going } from '../run/prepare.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';
import { runRole } from './role.ts';
import { runPlaybooks } from './run.ts';

const OPTIONS = {
  assume: { value: 'WHAT', help: 'commands that were cut off are `done`, to `redo`, or `ask` (on a terminal)' },
  'skip-phase': RUN_OPTIONS['skip-phase'],
  'auto-fix': RUN_OPTIONS['auto-fix'],
} satisfies OptionTable;

const COMMANDS: Readonly<Record<string, (going: Going) => Promise<number>>> = {
  run: runPlaybooks,
  role: runRole,
  apply: async (going) => (await import('../plan/apply.ts')).applyPlan(going),
};

export const resume: Command = {
  summary: 'go on with a run that was interrupted or failed',
  help: () => `Usage: tsplay resume [RUN] [OPTIONS]

Goes on with a run (the last one that did not end well): what was finished is not done again, what failed is tried
again, and registered variables, facts, added hosts and notified handlers are as they were.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [name, more] = options.words;
    if (more !== undefined) throw new TsplayError('usage', 'give one run', { hint: 'tsplay runs lists them' });
    const found = name === undefined ? latestRun(isUnfinished) : findRun(name);
    if (!found) throw new TsplayError('usage', 'there is no unfinished run to resume', { hint: 'see tsplay runs' });
    const { command, args: given, directory } = invocationOf(found.run, found.state);
    const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (!run) throw new TsplayError('usage', `a run of tsplay ${command} cannot be resumed`);
    const resumed = await goOnWith(found, readAssume(options.text('assume')));
    process.chdir(directory);
    return run({ command, args: [...phaseArgs(options, found.run), ...given], resumed });
  },
};

/** What is said of phases now, and what was said when the run went on before: a try that was begun so is ended so. */
function phaseArgs(options: Parsed, { entries }: KeptRun): string[] {
  const last = entries.findLast((entry) => entry.kind === 'event' && entry.told['type'] === 'run');
  const told = last?.kind === 'event' ? readTold(last.told) : undefined;
  const before = told?.type === 'run' ? told : undefined;
  const skip = [...options.list('skip-phase'), ...(before?.leftOut ?? [])];
  return [
    ...(options.on('auto-fix') || before?.autoFix ? ['--auto-fix'] : []),
    ...[...new Set(skip)].map((name) => `--skip-phase=${name}`),
  ];
}
