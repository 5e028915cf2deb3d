import type { Phase } from '../../model/playbook.ts';
import type { PhaseLedger } from './ledger.ts';

/**
 * Why a host may not begin a phase: one that it needs failed there or, where that was for other hosts, on any of them.
 * What was left out (by choice, by tags, for want of hosts) is not held against it.
 */
export function unmetNeed(phase: Phase, host: string, ledger: PhaseLedger): string | undefined {
  for (const { name } of phase.needs) {
    const statuses = ledger.statusOf(name);
    const own = statuses.get(host);
    if (own !== undefined && own !== 'failed') continue;
    const failed =
      own === 'failed' ? [host] : [...statuses].filter(([, status]) => status === 'failed').map(([one]) => one);
    if (failed.length > 0) return `it needs phase "${name}", which failed on ${failed.join(', ')}`;
  }
  return undefined;
}
