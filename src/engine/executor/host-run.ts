import type { Place } from '../journal/types.ts';
import type { Recap } from '../model/event.ts';
import type { Task } from '../model/playbook.ts';

/** One host while it goes through a play. */
export class HostRun {
  readonly name: string;
  /** How often `meta: clear_host_errors` came by: what went wrong before counts no more. */
  pardons = 0;
  state: 'active' | 'failed' | 'unreachable' | 'ended' = 'active';
  /** How many blocks around have a rescue that would catch a failure now. */
  rescuers = 0;
  /** Names and topics notified since handlers ran last; what they stand for is settled when handlers run. */
  readonly notifications = new Set<string>();
  readonly notified = new Set<Task>();
  /** Its handlers are being run: what they notify is settled at once. */
  flushing = false;
  /** Roles that ran to their end here, and those of which any task really ran. */
  readonly finishedRoles = new Set<string>();
  readonly startedRoles = new Set<string>();
  /** By task: how often the host came to it. */
  readonly turns = new Map<string, number>();
  /** Where it came by, in order. */
  readonly trail: Place[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get active(): boolean {
    return this.state === 'active';
  }
}

export function emptyRecap(): Recap {
  return { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 0 };
}
