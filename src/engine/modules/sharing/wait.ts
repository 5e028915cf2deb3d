import { TsplayError } from '../../model/errors.ts';
import { timerMs } from '../../model/timer.ts';
import type { Entry } from '../../store/entry.ts';
import type { Exchange } from '../../store/exchange.ts';
import type { Within } from '../../store/types.ts';
import type { Controller, Peers } from '../types.ts';
import type { Wanted } from './owners.ts';

/** Milliseconds between two looks at whether it is still worth while. */
const LOOK = 500;

/** What is waited for, and how long. */
export interface Wait {
  readonly within: Within;
  readonly wanted: Wanted;
  /** How many hosts. */
  readonly need: number;
  /** 0 reads and does not wait. */
  readonly seconds: number;
}

/** A host that is missed, and why it can share nothing any more. */
export interface Silent {
  readonly host: string;
  readonly reason: string;
}

/** What there is in the end, and whose facts will not come. */
export interface Collected {
  readonly entries: readonly Entry[];
  readonly silent: readonly Silent[];
}

/** Waits until there are enough, the time is over, or nobody is left who could share what is missing. */
export async function awaitEntries(controller: Controller, exchange: Exchange, wait: Wait): Promise<Collected> {
  const { within, wanted, need, seconds } = wait;
  if (seconds === 0) return { entries: await exchange.collect(within, wanted.test), silent: [] };
  const { interrupted, peers, host } = controller;
  const vain = new AbortController();
  let last: readonly Entry[] = [];
  let silent: readonly Silent[] = [];
  const more = (entries: readonly Entry[]) => {
    last = entries;
    if (entries.length >= need) return false;
    silent = silentOnes(peers, wait, entries);
    return !isInVain(wait, entries, silent);
  };
  const timer = setInterval(() => !more(last) && vain.abort(), LOOK);
  const signal = AbortSignal.any([interrupted, vain.signal, AbortSignal.timeout(timerMs(seconds))]);
  try {
    const entries = await peers.waiting(host, () => exchange.await({ within, wanted: wanted.test, more, signal }));
    if (interrupted.aborted && entries.length < need) throw new TsplayError('module', 'interrupted while waiting');
    return { entries, silent };
  } finally {
    clearInterval(timer);
  }
}

export function missingOf(named: readonly string[], entries: readonly Entry[]): string[] {
  return named.filter((host) => !entries.some(({ owner }) => owner === host));
}

/** Named hosts that are missing and cannot share any more. */
function silentOnes(peers: Peers, { wanted: { named = [] } }: Wait, entries: readonly Entry[]): Silent[] {
  return missingOf(named, entries).flatMap((host) => {
    const reason = peers.silence(host);
    return reason === undefined ? [] : [{ host, reason }];
  });
}

/** Where not all are named, anybody may come. */
function isInVain({ wanted: { named }, need }: Wait, entries: readonly Entry[], silent: readonly Silent[]): boolean {
  if (!named) return false;
  return entries.length + missingOf(named, entries).length - silent.length < need;
}
