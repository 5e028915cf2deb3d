import { Journal } from '../../engine/journal/journal.ts';
import { releaseLock, takeLock } from '../../engine/journal/lock.ts';
import { openStateForRun, prune } from '../../engine/journal/open.ts';
import type { Invocation } from '../../engine/journal/records.ts';
import { RunFolder } from '../../engine/journal/run-folder.ts';
import { stateDirOf } from '../../engine/journal/state-dir.ts';
import { type Recorder, UNRECORDED } from '../../engine/journal/types.ts';
import { JournalWriter } from '../../engine/journal/writer.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Event, Recap } from '../../engine/model/event.ts';
import { VERSION } from '../version.ts';
import type { Resumed } from './resumed.ts';

/** The journal of a run, as far as there is one. */
export interface Keeping {
  readonly id: string | undefined;
  readonly record: Recorder;
  /** Whether it changes something that could go on. */
  readonly resumable: boolean;
  /** Of events as the user sees them. */
  tell(event: Event): void;
  /** A value that is hidden from now on. */
  secret(value: string): void;
  end(exit: number, recap: ReadonlyMap<string, Recap>): Promise<void>;
  close(): void;
}

export interface KeepInputs {
  readonly invocation: Invocation;
  /** The plan that the run is held to, to be kept with it. */
  readonly plan?: Buffer | undefined;
  readonly playbooks: readonly string[];
  readonly checkMode: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly conceal: (text: string) => string;
  readonly warn: (message: string) => void;
  readonly resumed?: Resumed | undefined;
}

/** Of a run that changes nothing, or that nobody could look at. */
export const NOT_KEPT: Keeping = {
  id: undefined,
  record: UNRECORDED,
  resumable: false,
  tell: () => {},
  secret: () => {},
  end: async () => {},
  close: () => {},
};

/** Begins a journal, or goes on with one. Where none can be kept the run goes on without, and says so. */
export function keepRun(inputs: KeepInputs): Keeping {
  const { resumed } = inputs;
  if (resumed) return keptBy(resumed.journal(inputs.conceal), resumed.folder, false);
  try {
    return begin(inputs);
  } catch (error) {
    const reason = error instanceof TsplayError ? error.describe() : `no journal can be kept: ${textOf(error)}`;
    inputs.warn(`${reason}; this run cannot be resumed or rolled back`);
    return NOT_KEPT;
  }
}

function begin({ invocation: said, plan, playbooks, checkMode, env, conceal, warn }: KeepInputs): Keeping {
  const state = openStateForRun(stateDirOf(env), warn);
  const now = new Date();
  const { keep, days } = keptLimits(env);
  prune(state, keep, days, now);
  const { seal } = state;
  const folder = RunFolder.make(state.dir, now, seal);
  takeLock(folder.lock);
  const invocation = { ...said, ...(plan && { plan: folder.keep(plan) }) };
  const journal = new Journal({ folder, seal, conceal, writer: new JournalWriter(folder.journal, seal) });
  journal.start({ program: VERSION, time: now.getTime(), check: checkMode, playbooks, invocation });
  return keptBy(journal, folder, checkMode);
}

/** A run that changes nothing is told, but there is nothing to go on with. */
function keptBy(journal: Journal, folder: RunFolder, checkMode: boolean): Keeping {
  return {
    id: folder.id,
    record: checkMode ? UNRECORDED : journal,
    resumable: !checkMode,
    tell: (event) => journal.tell(event),
    secret: (value) => journal.secret(value),
    end: (exit, recap) => journal.end(exit, recap),
    close() {
      journal.close();
      releaseLock(folder.lock);
    },
  };
}

/** How many runs are kept, and for how many days. */
export function keptLimits(env: KeepInputs['env']): { readonly keep: number; readonly days: number } {
  return { keep: limitOf(env['TSPLAY_KEEP_RUNS'], 100), days: limitOf(env['TSPLAY_KEEP_DAYS'], 90) };
}

function limitOf(text: string | undefined, fallback: number): number {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) && number > 0 ? number : fallback;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
