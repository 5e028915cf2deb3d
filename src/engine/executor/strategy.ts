import { TsplayError } from '../model/errors.ts';

/**
 * How hosts go through a play. `linear`: in step. `free`: each as fast as it can. `host_pinned`: as free, but no host
 * begins before one of `forks` has come to the end.
 */
export type Strategy = 'linear' | 'free' | 'host_pinned';

/** A strategy by its name in a play; `debug` is `linear` with somebody who looks at every failure. */
export function strategyNamed(name: string): { readonly strategy: Strategy; readonly debugging: boolean } {
  switch (name.replace(/^ansible\.(?:builtin|legacy)\./, '')) {
    case 'linear':
      return { strategy: 'linear', debugging: false };
    case 'debug':
      return { strategy: 'linear', debugging: true };
    case 'free':
      return { strategy: 'free', debugging: false };
    case 'host_pinned':
      return { strategy: 'host_pinned', debugging: false };
    default:
      throw new TsplayError('play', `Invalid play strategy specified: ${name}`, {
        hint: 'the strategies are linear, free, host_pinned and debug',
      });
  }
}
