import { printable } from '../../engine/output/printable.ts';
import { tableLines } from '../../engine/output/table.ts';
import type { Theme } from '../../engine/output/terminal/theme.ts';
import { isExpired, readEnvelope } from '../../engine/store/entry.ts';
import type { Store, Within } from '../../engine/store/types.ts';
import { localTime } from '../journal/list-runs.ts';

/** An entry as anybody sees it who can read the store. */
export interface ListedEntry {
  readonly cluster: string;
  readonly kind: string;
  readonly host: string;
  readonly state: 'ok' | 'expired' | 'damaged';
  /** By which its key is known. */
  readonly key: string | null;
  /** ISO 8601; null for ever. */
  readonly expires: string | null;
}

/** Throws TsplayError. */
export async function listEntries(store: Store, within: Within): Promise<ListedEntry[]> {
  const now = Date.now();
  return (await store.list(within)).map((stored) => {
    const { cluster, kind, owner: host } = stored.name;
    try {
      const { key, expires } = readEnvelope(stored, store.place);
      const state = isExpired({ expires }, now) ? 'expired' : 'ok';
      return { cluster, kind, host, state, key, expires: expires === null ? null : new Date(expires).toISOString() };
    } catch {
      return { cluster, kind, host, state: 'damaged', key: null, expires: null };
    }
  });
}

const COLUMNS = ['CLUSTER', 'KIND', 'HOST', 'STATE', 'EXPIRES', 'KEY'].map((title) => ({ title }));
const STATE = 3;

/** A table for people, in local time. */
export function listTable(entries: readonly ListedEntry[], theme: Theme): string[] {
  const rows = entries.map(({ cluster, kind, host, state, expires, key }) => {
    const until = expires !== null ? localTime(Date.parse(expires)) : state === 'damaged' ? '' : 'never';
    return [cluster, kind, host, state, until, key ?? ''].map((cell) => printable(cell, { multiline: false }));
  });
  const paints = { ok: theme.status.ok, expired: theme.warning, damaged: theme.status.failed };
  return tableLines(COLUMNS, rows, (text, column, row) => {
    if (row === 'title') return theme.faint(text);
    return column === STATE ? paints[entries[row]!.state](text) : text;
  });
}
