import type { Peers } from '../modules/types.ts';
import type { PlayState } from './play-state.ts';

/** The hosts around a task that waits for what one of them shares. */
export function peersOf(state: PlayState): Peers {
  return {
    silence: (host) => silenceOf(state, host),
    async waiting(host, work) {
      state.waiting.add(host);
      try {
        return await work();
      } finally {
        state.waiting.delete(host);
      }
    },
  };
}

function silenceOf({ run, frame, hosts, losses, strategy, waiting }: PlayState, host: string): string | undefined {
  if (losses.failed.has(host)) return 'it failed';
  if (losses.unreachable.has(host)) return 'it could not be reached';
  // Of another play or another run, or at work in the background.
  if (!frame.allHosts.includes(host) || run.jobs.unfinished.length > 0) return undefined;
  switch (hosts.get(host)?.state) {
    case undefined:
      return 'it is in another batch of this play';
    case 'failed':
      return 'it failed';
    case 'unreachable':
      return 'it could not be reached';
    case 'ended':
      return 'its part of this play has ended';
    case 'active':
      if (strategy === 'linear') return 'it goes in step with those that wait (strategy linear)';
      return waiting.has(host) ? 'it waits too' : undefined;
  }
}
