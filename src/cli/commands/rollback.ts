import { standing } from '../../engine/journal/open.ts';
import { phaseStories } from '../../engine/journal/story/phases.ts';
import { canUndo, downTo, type Step, stepsOf } from '../../engine/journal/undo/steps.ts';
import type { Taken } from '../../engine/journal/undo/take-back.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type Found, findRun, latestRun } from '../journal/find.ts';
import { Resumed } from '../journal/resumed.ts';
import { rollBack, rollbackText, stepText } from '../journal/rollback.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';
import { prompt } from '../run/prompt.ts';

const OPTIONS = {
  to: { value: 'TASK', help: 'take back this task and all that came after it' },
  check: { short: 'C', help: 'say what would be taken back, and what cannot be' },
  yes: { short: 'y', help: 'do not ask first' },
  force: { help: 'take back also what somebody else changed since' },
} satisfies OptionTable;

export const rollback: Command = {
  summary: 'take back what a run changed',
  help: () => `Usage: tsplay rollback [RUN] [OPTIONS]

Takes back the changes of a run (the last one), the last change first, from what was kept of the state before. What
cannot be taken back (commands without \`undo\`) is listed before anything is done; what somebody changed since is left.

${optionHelp(OPTIONS)}

Exit codes: 0 all was taken back, 1 nobody agreed, 2 something was not taken back.
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [name, more] = options.words;
    if (more !== undefined) throw new TsplayError('usage', 'give one run', { hint: 'tsplay runs lists them' });
    const found = name === undefined ? latestRun(({ run }) => !run.start.check) : findRun(name);
    if (!found) throw new TsplayError('usage', 'there is no run to take back', { hint: 'see tsplay runs' });
    const steps = chosen(found, options.text('to'));
    print(headline(found, steps));
    print(rollbackText(steps));
    print(phaseNote(found));
    if (options.on('check') || !steps.some(canUndo)) return EXIT.ok;
    if (!options.on('yes') && !(await agreed())) return EXIT.error;
    return carryOut(found, steps, options.on('force'));
  },
};

function chosen({ run, state }: Found, to: string | undefined): Step[] {
  if (standing(run) === 'running') {
    throw new TsplayError('usage', `run ${run.folder.id} is still going on`, { hint: 'wait for it, or end it' });
  }
  const steps = stepsOf(run.entries, state.seal);
  const wanted = to === undefined ? steps : downTo(steps, to);
  if (wanted) return wanted;
  throw new TsplayError('usage', `no task called "${to}" changed anything in run ${run.folder.id}`, {
    hint: 'tsplay rollback --check lists the tasks',
  });
}

function headline({ run }: Found, steps: readonly Step[]): string {
  const final = steps.filter((step) => !canUndo(step)).length;
  const cannot = final > 0 ? `, ${final} that cannot` : '';
  return `Run ${run.folder.id} (${run.start.playbooks.join(', ')}): ${steps.length - final} changes to take back${cannot}\n`;
}

/** Their `undo` tasks are the user's to run. */
function phaseNote({ run }: Found): string {
  const begun = phaseStories(run.entries).map(({ name }) => name);
  return begun.length === 0 ? '' : `Not run: \`undo\` tasks of the phases ${begun.reverse().join(', ')}\n`;
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new TsplayError('usage', 'a rollback needs your agreement', { hint: 'look with --check, then give --yes' });
  }
  const answer = await prompt('Take these changes back? (yes/no) ', { echo: true });
  return /^y(es)?$/i.test(answer.trim());
}

async function carryOut({ run, state }: Found, steps: readonly Step[], force: boolean): Promise<number> {
  const taking = new Resumed(run, state);
  const journal = taking.journal((text) => text);
  let left = 0;
  const tell = (step: Step, taken: Taken) => {
    if (taken.as === 'failed' || taken.as === 'drifted') left++;
    print(`${wordOf(taken)}: ${step.host}: ${stepText(step)}${'reason' in taken ? `: ${taken.reason}` : ''}\n`);
  };
  try {
    await rollBack({ steps, folder: run.folder, journal, force, tell });
    await journal.rolledBack();
  } finally {
    journal.close();
    taking.release();
  }
  return left > 0 ? EXIT.failed : EXIT.ok;
}

function wordOf({ as }: Taken): string {
  if (as === 'undone') return 'taken back';
  if (as === 'needless') return 'already as before';
  return as === 'drifted' ? 'left alone' : 'FAILED';
}

function print(text: string): void {
  process.stdout.write(printable(text));
}
