import type { RunContext } from '../../engine/executor/context.ts';
import { runPlays } from '../../engine/executor/run.ts';
import type { Play } from '../../engine/model/playbook.ts';
import { Deferred } from '../../engine/model/value.ts';
import { EXIT } from '../exit-codes.ts';
import type { Keeping } from '../journal/keep.ts';
import { keepPrepared } from '../journal/keep-prepared.ts';
import type { Playbook, Prepared } from './prepare.ts';
import { writeRetryFile } from './retry-file.ts';
import { type Supervision, setStage } from './stage.ts';

/** Runs plays; the exit code. */
export async function execute(
  prepared: Prepared,
  playbooks: readonly Playbook[],
  supervision: Supervision = {},
): Promise<number> {
  const { settings, emit } = prepared;
  const keep = () => keepPrepared(prepared, playbooks);
  const stage = await setStage({ prepared, playbooks, supervision, keep, leave: sayHowToGoOn });
  const { run, phases, kept, interrupt } = stage;
  emit({
    type: 'run-start',
    playbooks: playbooks.map(({ path, plays }) => ({ path, plays: plays.length })),
    checkMode: settings.checkMode,
    ...(kept.id !== undefined && { run: kept.id }),
    plays: playbooks.flatMap(({ plays }) => plays.map(writtenName)),
    phases: phases.all,
    leftOut: [...phases.skip],
    autoFix: phases.autoFix,
    time: Date.now(),
  });
  for (const message of phases.warnings) emit({ type: 'warning', message });
  try {
    const plays = playbooks.flatMap((playbook) => playbook.plays);
    const code = await runPlays(run, plays, settings.limit);
    const exit = run.overseer?.departed ? EXIT.failed : interrupt.signal.aborted ? EXIT.interrupted : code;
    await kept.end(exit, run.recap);
    tellRetryFile(prepared, playbooks, run.recap);
    return exit;
  } finally {
    kept.close();
    stage.clear();
    if (interrupt.signal.aborted) sayHowToGoOn(kept);
  }
}

/** By which a play is known before it starts. */
function writtenName({ keywords, hosts }: Play): string {
  const raw = keywords.name ?? hosts;
  const words = Array.isArray(raw) ? raw : [raw];
  return words.map((word) => (word instanceof Deferred ? word.text : String(word))).join(',');
}

/** Of a run that was interrupted, as its last words. */
function sayHowToGoOn({ id, resumable }: Keeping): void {
  if (id !== undefined && resumable) process.stderr.write(`go on with: tsplay resume ${id}\n`);
}

/** Says how the hosts that failed are run again. */
function tellRetryFile({ config, emit }: Prepared, [playbook]: readonly Playbook[], recap: RunContext['recap']): void {
  const file = playbook && writeRetryFile(config.env, playbook.path, recap);
  if (file) emit({ type: 'warning', message: `to retry, use: --limit @${file}` });
}
