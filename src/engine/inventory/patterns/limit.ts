import { readFileSync } from 'node:fs';
import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { matchHosts } from './match.ts';
import { splitPattern } from './split.ts';

/** The single patterns of `--limit`; `@file` stands for the lines of a file. Throws TsplayError. */
export function readLimit(limit: string): string[] {
  return splitPattern(limit).flatMap((pattern) =>
    pattern.startsWith('@') ? readLimitFile(pattern.slice(1)) : [pattern],
  );
}

/**
 * Refuses a limit that leaves no host, before a play begins; warns of an inventory without hosts.
 * Throws TsplayError.
 */
export function checkLimit(
  inventory: Inventory,
  limit: readonly string[] | undefined,
  onWarning: (message: string) => void,
): void {
  if (matchHosts(inventory, 'all').length === 0) {
    onWarning(
      "provided hosts list is empty, only localhost is available. Note that the implicit localhost does not match 'all'",
    );
    return;
  }
  if (matchHosts(inventory, 'all', { limit, onWarning }).length > 0) return;
  throw new TsplayError(
    'inventory',
    'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.',
    { hint: 'see the hosts and groups with: tsplay inventory --graph' },
  );
}

function readLimitFile(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === 'EISDIR' ? 'it is a folder' : 'it cannot be read';
    throw new TsplayError('inventory', `Unable to find limit file ${path}: ${reason}`, { cause });
  }
}
