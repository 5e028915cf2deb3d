import { type KeptRun, standing } from './open.ts';
import type { Entry } from './records.ts';

/** How a run stands, in a word. */
export type RunState = 'running' | 'interrupted' | 'ok' | 'failed' | 'rolled-back';

/** A run in one line. Times are milliseconds since the epoch. */
export interface RunSummary {
  readonly run: string;
  readonly command: string;
  readonly playbooks: readonly string[];
  readonly check: boolean;
  readonly hosts: readonly string[];
  readonly state: RunState;
  /** Of a run that came to its end. */
  readonly exit?: number | undefined;
  readonly started: number;
  /** When it was last heard of. */
  readonly ended: number;
  /** How often it went on after an end. */
  readonly resumed: number;
  /** Tasks that changed a host, over all parts of the run. */
  readonly changed: number;
  /** Tasks that failed on a host and were not rescued, or did not reach it, in the last part. */
  readonly failed: number;
}

/** Ended by a signal, as the program says by its exit code. */
const INTERRUPTED = 99;

export function summarize(kept: KeptRun): RunSummary {
  const { start, entries } = kept;
  const hosts = new Set<string>();
  let [ended, resumed] = [start.time, 0];
  for (const entry of entries) {
    ended = Math.max(ended, timeOf(entry) ?? 0);
    if (entry.kind === 'resume') resumed++;
    if (entry.kind === 'event' && entry.told['type'] === 'play') {
      for (const host of entry.told['hosts'] as string[]) hosts.add(host);
    }
  }
  return {
    run: start.run,
    command: start.command,
    playbooks: start.playbooks,
    check: start.check,
    hosts: [...hosts],
    ...stateOf(kept),
    started: start.time,
    ended,
    resumed,
    changed: results(entries, ['changed']),
    failed: failures(entries),
  };
}

/** The state of a run, with the exit code of one that is over. */
export function stateOf(kept: KeptRun): { readonly state: RunState; readonly exit?: number } {
  const how = standing(kept);
  if (typeof how === 'string') return { state: how };
  if (how.exit === INTERRUPTED) return { state: 'interrupted', exit: how.exit };
  return { state: how.exit === 0 ? 'ok' : 'failed', exit: how.exit };
}

/** Of the last part of the run: those of earlier parts were tried again. Its recap knows which were rescued. */
function failures(entries: readonly Entry[]): number {
  const part = entries.slice(entries.findLastIndex(({ kind }) => kind === 'start' || kind === 'resume'));
  const end = part.findLast((entry) => entry.kind === 'end');
  if (!end) return results(part, ['failed', 'unreachable']);
  return Object.values(end.recap).reduce((sum, { failed, unreachable }) => sum + failed + unreachable, 0);
}

function results(entries: readonly Entry[], statuses: readonly string[]): number {
  return entries.filter(
    (entry) =>
      entry.kind === 'event' &&
      entry.told['type'] === 'result' &&
      entry.told['ignored'] !== true &&
      statuses.includes(String(entry.told['status'])),
  ).length;
}

/** When an entry was written, as far as it says. */
export function timeOf(entry: Entry): number | undefined {
  if (entry.kind === 'event') return typeof entry.told['time'] === 'number' ? entry.told['time'] : undefined;
  return 'time' in entry ? entry.time : undefined;
}
