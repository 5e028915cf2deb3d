import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { matchHosts } from './match.ts';

export interface LimitListeners {
  readonly warn: (message: string) => void;
  /** Told that there is no host at all. */
  readonly onEmpty: ((message: string) => void) | undefined;
}

/**
 * Refuses a limit that leaves no host, before a play begins; warns of an inventory without hosts.
 * Throws TsplayError.
 */
export function checkLimit(inventory: Inventory, limit: string | undefined, { warn, onEmpty }: LimitListeners): void {
  if (matchHosts(inventory, 'all').length === 0) {
    onEmpty?.(
      "provided hosts list is empty, only localhost is available. Note that the implicit localhost does not match 'all'",
    );
    return;
  }
  if (matchHosts(inventory, 'all', { limit, onWarning: warn }).length > 0) return;
  throw new TsplayError(
    'inventory',
    'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.',
    { hint: 'see the hosts and groups with: tsplay inventory --graph' },
  );
}
