import pLimit from 'p-limit';
import { ConnectionPool } from '../../engine/executor/connections.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { Action } from '../../engine/journal/undo/order.ts';
import type { UndoPhase } from '../../engine/journal/undo/phases.ts';
import type { Step } from '../../engine/journal/undo/steps.ts';
import { type Taken, takeBack } from '../../engine/journal/undo/take-back.ts';
import { TsplayError } from '../../engine/model/errors.ts';

/** Hosts that are worked on at the same time. */
const FORKS = 50;

export interface RollbackInputs {
  readonly actions: readonly Action[];
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly force: boolean;
  /** Told of each step when it is over. */
  readonly tell: (step: Step, taken: Taken) => void;
  /** Runs the `undo` tasks of a phase on some of its hosts; gives those on which one failed. */
  readonly undoPhase: (phase: UndoPhase, hosts: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Does actions in their order. A host on which one fails, or which is lost, is left as it is from there on; true if none was. */
export async function rollBack(inputs: RollbackInputs): Promise<boolean> {
  const { actions, folder, journal, force, tell } = inputs;
  const connections = new ConnectionPool();
  const slots = pLimit(FORKS);
  const stopped = new Set<string>();
  const content = (name: string) => folder.content(name);
  const one = async (step: Step): Promise<void> => {
    if (stopped.has(step.host)) return;
    const taken = await attempt(async () => {
      const connection = await connections.get(step.reach.connection);
      return takeBack(step, { session: connection.session(step.reach.session), content, force });
    });
    if (taken.as === 'failed') stopped.add(step.host);
    if (taken.as === 'undone' || taken.as === 'needless') journal.undone(step.entry.id);
    tell(step, taken);
  };
  const phase = async (undone: UndoPhase): Promise<void> => {
    const hosts = undone.hosts.filter((host) => !stopped.has(host));
    if (hosts.length === 0) return;
    const failed = await inputs.undoPhase(undone, hosts);
    for (const host of failed) stopped.add(host);
    const well = hosts.filter((host) => !failed.has(host));
    if (well.length > 0) journal.phaseUndone(undone.phase.name, well);
  };
  try {
    for (const action of actions) {
      if (action.do === 'phase') await phase(action.phase);
      else await Promise.all(action.steps.map((step) => slots(() => one(step))));
    }
  } finally {
    await connections.close();
  }
  return stopped.size === 0;
}

async function attempt(work: () => Promise<Taken>): Promise<Taken> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return { as: 'failed', reason: error.message };
  }
}
