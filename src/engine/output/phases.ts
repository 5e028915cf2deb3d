import type { Event } from '../model/event.ts';

/** `phase storage failed on a: mount: no such disk; mending it, then try 2 of 3`. */
export function phaseRetryText({
  phase,
  host,
  error,
  fixing,
  attempt,
  tries,
}: Extract<Event, { type: 'phase-retry' }>): string {
  const next = fixing ? `mending it, then try ${attempt} of ${tries}` : `try ${attempt} of ${tries}`;
  return `phase ${phase.name} failed on ${host}: ${error}; ${next}`;
}
