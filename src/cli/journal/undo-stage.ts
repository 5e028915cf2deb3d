import { recallPlays, undoPhase } from '../../engine/executor/phases/undo.ts';
import { UNRECORDED } from '../../engine/journal/types.ts';
import { phasesToUndo, type UndoPhase } from '../../engine/journal/undo/phases.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Play } from '../../engine/model/playbook.ts';
import type { Content } from '../run/prepare.ts';
import { setStage } from '../run/stage.ts';
import type { Found } from './find.ts';
import { recalling } from './recalling.ts';
import type { Resumed } from './resumed.ts';

/** Where the `undo` tasks of phases run, with all that the run had gathered by its end. */
export interface UndoStage {
  readonly undoPhase: (phase: UndoPhase, hosts: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Shows the recap and gives the terminal back. */
  end(): Promise<void>;
}

/** The phases of a run that can be undone, from its content as it is now. */
export function undoable({ run }: Found, { read }: Content): UndoPhase[] {
  return phasesToUndo(run.entries, playsOf(read));
}

/** Throws TsplayError. */
export async function openUndoStage({ prepared, read }: Content, taking: Resumed): Promise<UndoStage> {
  const { settings, emit, secrets } = prepared;
  for (const value of taking.past.secrets) secrets.add(value);
  const keep = () => ({ id: taking.folder.id, record: recalling(taking.past) });
  const stage = await setStage({ prepared, playbooks: read, keep, leave: () => {} });
  const plays = playsOf(read);
  const { interrupt } = stage;
  const run = { ...stage.run, record: UNRECORDED };
  emit({
    type: 'run-start',
    playbooks: read.map((playbook) => ({ path: playbook.path, plays: playbook.plays.length })),
    checkMode: false,
    time: Date.now(),
  });
  await recallPlays(stage.run, plays, settings.limit);
  let index = plays.length;
  return {
    async undoPhase(phase, hosts) {
      if (interrupt.signal.aborted) throw new TsplayError('usage', 'the rollback was interrupted');
      return undoPhase(run, { ...phase, hosts }, index++);
    },
    async end() {
      await run.connections.close();
      emit({ type: 'run-end', recap: run.recap, stats: run.stats, time: Date.now() });
      stage.clear();
    },
  };
}

function playsOf(read: Content['read']): Play[] {
  return read.flatMap(({ plays }) => plays);
}
