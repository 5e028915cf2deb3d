import { invocationOf, standing } from '../../engine/journal/open.ts';
import { phaseStories } from '../../engine/journal/story/phases.ts';
import { actionsOf, type Undoing } from '../../engine/journal/undo/order.ts';
import { downTo, type Step, stepsOf } from '../../engine/journal/undo/steps.ts';
import type { Taken } from '../../engine/journal/undo/take-back.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type Found, findRun, latestRun } from '../journal/find.ts';
import { Resumed } from '../journal/resumed.ts';
import { rollBack } from '../journal/rollback.ts';
import { headline, rollbackText, takenText } from '../journal/rollback-text.ts';
import { openUndoStage, undoable } from '../journal/undo-stage.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { readApplied } from '../plan/apply.ts';
import type { Content, Going } from '../run/prepare.ts';
import { prompt } from '../run/prompt.ts';
import { readRole } from './role.ts';
import { readRun } from './run.ts';

const OPTIONS = {
  to: { value: 'TASK', help: 'take back this task and all that came after it' },
  check: { short: 'C', help: 'say what would be taken back, and what cannot be' },
  yes: { short: 'y', help: 'do not ask first' },
  force: { help: 'take back also what somebody else changed since' },
  'changes-only': { help: 'leave out the undo tasks of phases' },
} satisfies OptionTable;

const READERS: Readonly<Record<string, (going: Going) => Promise<Content>>> = {
  run: readRun,
  role: readRole,
  apply: readApplied,
};

export const rollback: Command = {
  summary: 'take back what a run changed',
  help: () => `Usage: tsplay rollback [RUN] [OPTIONS]

Takes back the changes of a run (the last one), the last change first, from what was kept of the state before. Of a
phase, its \`undo\` tasks run before. What cannot be taken back (commands without \`undo\`) is listed before anything is
done; what somebody changed since is left.

${optionHelp(OPTIONS)}

Exit codes: 0 all was taken back, 1 nobody agreed, 2 something was not taken back.
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [name, more] = options.words;
    if (more !== undefined) throw new TsplayError('usage', 'give one run', { hint: 'tsplay runs lists them' });
    const found = name === undefined ? latestRun(({ run }) => !run.start.check) : findRun(name);
    if (!found) throw new TsplayError('usage', 'there is no run to take back', { hint: 'see tsplay runs' });
    const { undoing, content } = await chosen(found, options);
    print(headline(found, undoing));
    print(rollbackText(undoing));
    if (options.on('check') || actionsOf(undoing).length === 0) return EXIT.ok;
    if (!options.on('yes') && !(await agreed())) return EXIT.error;
    return carryOut(found, undoing, content, options.on('force'));
  },
};

interface Chosen {
  readonly undoing: Undoing;
  /** Of a run with phases to undo. */
  readonly content: Content | undefined;
}

async function chosen(found: Found, options: Parsed): Promise<Chosen> {
  const { run, state } = found;
  const { entries } = run;
  if (standing(run) === 'running') {
    throw new TsplayError('usage', `run ${run.folder.id} is still going on`, { hint: 'wait for it, or end it' });
  }
  const steps = downToTask(stepsOf(entries, state.seal), options.text('to'), found);
  const content = options.on('changes-only') ? undefined : await contentOf(found);
  const from = options.text('to') === undefined ? 0 : entries.indexOf(steps.at(-1)!.entry);
  const phases = content ? undoable(found, content).filter(({ span }) => span.first >= from) : [];
  return { undoing: { steps, phases, entries }, content: phases.length > 0 ? content : undefined };
}

function downToTask(steps: readonly Step[], to: string | undefined, { run }: Found): readonly Step[] {
  if (to === undefined) return steps;
  const wanted = downTo(steps, to);
  if (wanted) return wanted;
  throw new TsplayError('usage', `no task called "${to}" changed anything in run ${run.folder.id}`, {
    hint: 'tsplay rollback --check lists the tasks',
  });
}

/** The playbooks of a run that had phases. */
async function contentOf({ run, state }: Found): Promise<Content | undefined> {
  if (phaseStories(run.entries).every(({ hosts }) => hosts.size === 0)) return undefined;
  const { command, args, directory, plan } = invocationOf(run, state);
  const read = Object.hasOwn(READERS, command) ? READERS[command] : undefined;
  if (!read) return undefined;
  process.chdir(directory);
  return read({ command, args, ...(plan !== undefined && { plan: run.folder.content(plan) }) });
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new TsplayError('usage', 'a rollback needs your agreement', { hint: 'look with --check, then give --yes' });
  }
  const answer = await prompt('Take these changes back? (yes/no) ', { echo: true });
  return /^y(es)?$/i.test(answer.trim());
}

async function carryOut(
  { run, state }: Found,
  undoing: Undoing,
  content: Content | undefined,
  force: boolean,
): Promise<number> {
  const taking = new Resumed(run, state);
  let left = 0;
  const tell = (step: Step, taken: Taken) => {
    if (taken.as === 'failed' || taken.as === 'drifted') left++;
    print(takenText(step, taken));
  };
  try {
    const stage = content && (await openUndoStage(content, taking));
    const journal = taking.journal((text) => content?.prepared.secrets.redact(text) ?? text);
    try {
      const undoPhase = stage?.undoPhase ?? (async () => new Set<string>());
      const actions = actionsOf(undoing);
      const well = await rollBack({ actions, folder: run.folder, journal, force, tell, undoPhase });
      await journal.rolledBack();
      return well && left === 0 ? EXIT.ok : EXIT.failed;
    } finally {
      await stage?.end();
      journal.close();
    }
  } finally {
    taking.release();
  }
}

function print(text: string): void {
  process.stdout.write(printable(text));
}
