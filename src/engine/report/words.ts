import type { Stage, StageState } from '../journal/story/stages.ts';
import type { Counts, Outcome, Story } from '../journal/story/types.ts';
import { printable } from '../output/printable.ts';
import { duration } from '../output/terminal/clock.ts';

/** In the order in which they are told. */
export const OUTCOMES: readonly Outcome[] = [
  'ok',
  'changed',
  'skipped',
  'unknown',
  'tolerated',
  'failed',
  'unreachable',
];

export const STAGE_WORDS: Readonly<Record<StageState, string>> = {
  completed: 'completed',
  in_progress: 'in progress',
  failed: 'failed',
  not_started: 'not started',
  skipped: 'left out',
};

/** `12 ok, 2 changed`: what there is of each. */
export function countsText(counts: Counts): string {
  return OUTCOMES.filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status}`)
    .join(', ');
}

/** All of them, some by name, or how many. */
export function hostsText(hosts: readonly string[], all: number): string {
  if (hosts.length === all && all > 3) return `all ${all} hosts`;
  const named = hosts.slice(0, 8).join(', ');
  return hosts.length > 8 ? `${named} and ${hosts.length - 8} more` : named;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How long a stage took, or nothing of one that was not begun. */
export function stageTime({ took, state }: Stage): string {
  return state === 'not_started' || state === 'skipped' ? '' : duration(took);
}

/** The time that a run was at work, without that between its parts. */
export function worked({ parts }: Story): number {
  return parts.reduce((sum, { from, to }) => sum + (to - from), 0);
}

/** `2026-01-31 09:05:12 UTC`. */
export function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The state of a run, as a word for people. */
export function stateWord({ state, check }: Story): string {
  const word = state === 'ok' ? 'succeeded' : state === 'rolled-back' ? 'rolled back' : state;
  return check ? `${word} (check)` : word;
}

/** One line of text that is safe to show, whatever was in it. */
export function line(text: string): string {
  return printable(text, { multiline: false });
}
