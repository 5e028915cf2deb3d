import { TsplayError } from '../model/errors.ts';

/**
 * How hosts go through a play. `linear`: in step. `free`: each as fast as it can. `host_pinned`: as free, but no host
 * begins before one of `forks` has come to the end.
 */
export type Strategy = 'linear' | 'free' | 'host_pinned';

/** What a play's strategy asks for. */
export interface Chosen {
  readonly strategy: Strategy;
  /** Somebody looks at every failure. */
  readonly debugging: boolean;
  /** No batch may take a majority of its group down. */
  readonly quorum: boolean;
}

/** A strategy by its name in a play; `debug` and `quorum` are `linear` with more to it. */
export function strategyNamed(name: string): Chosen {
  switch (name.replace(/^(?:ansible\.(?:builtin|legacy)|tsplay\.builtin)\./, '')) {
    case 'linear':
      return plain('linear');
    case 'debug':
      return { ...plain('linear'), debugging: true };
    case 'quorum':
      return { ...plain('linear'), quorum: true };
    case 'free':
      return plain('free');
    case 'host_pinned':
      return plain('host_pinned');
    default:
      throw new TsplayError('play', `Invalid play strategy specified: ${name}`, {
        hint: 'the strategies are linear, free, host_pinned, quorum and debug',
      });
  }
}

function plain(strategy: Strategy): Chosen {
  return { strategy, debugging: false, quorum: false };
}
