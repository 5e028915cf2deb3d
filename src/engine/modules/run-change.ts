import type { Change, Outcome } from '../model/change.ts';
import type { Script } from '../model/script.ts';

type RunChange = Extract<Change, { kind: 'run' }>;

/** A change by a command whose effect the module has worked out. */
export function runChange(
  summary: string,
  script: Script,
  more: Partial<Omit<RunChange, 'kind' | 'summary' | 'script'>> = {},
): RunChange {
  return { kind: 'run', effect: 'known', summary, script, ...more };
}

/** The change that failed, with how it ended; undefined if none did. */
export function failedChange(
  changes: readonly Change[],
  outcomes: readonly Outcome[],
): { readonly change: Change; readonly outcome: Outcome; readonly index: number } | undefined {
  const index = outcomes.findIndex((outcome) => outcome.rc !== 0);
  return index < 0 ? undefined : { change: changes[index]!, outcome: outcomes[index]!, index };
}

/** A stream as text, without the line end at its end. */
export function textOf(stream: Buffer | undefined): string {
  return (stream?.toString('utf8') ?? '').replace(/\n+$/, '');
}
