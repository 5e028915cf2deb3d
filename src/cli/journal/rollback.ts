import pLimit from 'p-limit';
import { ConnectionPool } from '../../engine/executor/connections.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { canUndo, phrase, type Step, together } from '../../engine/journal/undo/steps.ts';
import { type Taken, takeBack } from '../../engine/journal/undo/take-back.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { formatPosition } from '../../engine/model/source.ts';

/** Hosts that are worked on at the same time. */
const FORKS = 50;

export interface RollbackInputs {
  readonly steps: readonly Step[];
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly force: boolean;
  /** Told of each step when it is over. */
  readonly tell: (step: Step, taken: Taken) => void;
}

/** Takes steps back in their order. A host on which one fails, or which is lost, is left as it is from there on; true if none was. */
export async function rollBack({ steps, folder, journal, force, tell }: RollbackInputs): Promise<boolean> {
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
  try {
    for (const group of together(steps.filter(canUndo))) {
      await Promise.all(group.map((step) => slots(() => one(step))));
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

/** What would be taken back, by host, and what cannot be; for people. */
export function rollbackText(steps: readonly Step[]): string {
  const lines: string[] = [];
  for (const host of new Set(steps.map((step) => step.host))) {
    lines.push(`${host}:`);
    for (const step of steps.filter((one) => one.host === host)) lines.push(`  ${stepText(step)}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

export function stepText(step: Step): string {
  const { entry, certain } = step;
  const what = canUndo(step) ? phrase(step) : `cannot be taken back: ${phrase(step)}`;
  const doubt = certain ? '' : ' (the run was cut off there)';
  return `${what}${doubt}  [${formatPosition(entry.position)}: ${entry.name}]`;
}
