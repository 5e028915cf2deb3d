import type { HostRun } from './host-run.ts';
import type { PlayState } from './play-state.ts';

/** Notes what a task notifies; while handlers run it is settled at once, so that those still to come run too. */
export function notifyAll(state: PlayState, names: readonly string[], host: HostRun): void {
  for (const name of names) state.handlers.notify(name, host);
  if (host.flushing) settleNotifications(state, host);
}

/** Settles which handlers are to run, and says so. */
export function settleNotifications({ handlers, run }: PlayState, host: HostRun): void {
  for (const handler of handlers.settle(host)) {
    run.emit({ type: 'handler-notified', handler: handlers.label(handler), host: host.name });
  }
}
