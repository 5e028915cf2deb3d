import type { Keywords } from '../model/playbook.ts';
import { OMIT, type Raw, type Scope } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { toBoolean, toNumber } from './keywords.ts';

/** How often a task is tried, and how long it waits in between. */
export interface RetryPolicy {
  /** All tries together: `retries: 5` means six. */
  readonly tries: number;
  /** Seconds before the try after `attempt` (from 1). */
  pause(attempt: number): number;
}

const ONCE: RetryPolicy = { tries: 1, pause: () => 0 };

/** From `until`/`retries`/`delay`, or from our `retry`. */
export function retryPolicy(keywords: Keywords, scope: Scope, random: () => number = Math.random): RetryPolicy {
  const number = (raw: Raw | undefined, name: string, fallback: number): number => {
    const value = raw === undefined ? OMIT : evaluate(raw, scope);
    return value === OMIT || value === null ? fallback : toNumber(value, name);
  };
  const { retry } = keywords;
  if (!retry && !keywords.until && keywords.retries === undefined) return ONCE;
  const retries = number(retry?.times ?? keywords.retries, 'retries', 3);
  const delay = Math.max(0, number(retry?.delay ?? keywords.delay, 'delay', 5));
  if (!retry) return { tries: Math.max(1, retries + 1), pause: () => delay };
  const backoff = retry.backoff === undefined ? 'constant' : String(evaluate(retry.backoff, scope));
  const longest = number(retry.max, 'max', 300);
  const jitter = retry.jitter !== undefined && toBoolean(evaluate(retry.jitter, scope), 'jitter');
  return {
    tries: Math.max(1, retries + 1),
    pause(attempt) {
      const pause = Math.min(longest, delay * growth(backoff, attempt));
      // Half of the pause at least, so that a herd of hosts is spread but nobody hammers.
      return jitter ? pause * (0.5 + random() / 2) : pause;
    },
  };
}

function growth(backoff: string, attempt: number): number {
  if (backoff === 'exponential') return 2 ** (attempt - 1);
  if (backoff === 'linear') return attempt;
  return 1;
}
