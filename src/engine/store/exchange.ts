import { setTimeout as wait } from 'node:timers/promises';
import type { EntryName, Shared } from '../model/shared.ts';
import type { Dict } from '../model/value.ts';
import { digestOf, type Entry, isExpired, openEntry, type Publisher, readEnvelope, sealEntry } from './entry.ts';
import type { StoreKey } from './key.ts';
import { StoreLost } from './lost.ts';
import type { Store, Stored, Within } from './types.ts';

/** Whose entries are wanted. */
export type OwnerTest = (owner: string) => boolean;

/** What a wait goes by. */
export interface Awaited {
  readonly within: Within;
  readonly wanted: OwnerTest;
  /** Told what is there, at first and whenever that changed: whether to wait for more. */
  readonly more: (entries: readonly Entry[]) => boolean;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Shares facts of hosts through a store: sealed on the way in, checked on the way out. Throws TsplayError. */
export class Exchange {
  readonly place: string;
  private readonly store: Store;
  private readonly key: StoreKey;
  private readonly by: Publisher;

  constructor(store: Store, key: StoreKey, by: Publisher) {
    this.place = store.place;
    this.store = store;
    this.key = key;
    this.by = by;
  }

  /** Undefined if there is none, or it no longer counts. */
  async find(name: EntryName): Promise<Entry | undefined> {
    const text = await this.store.get(name);
    const stored = text === undefined ? undefined : { name, text };
    return stored && !this.isOver(stored) ? openEntry(this.key, stored, this.place) : undefined;
  }

  /** Entries that count, in order of their owners. */
  async collect(within: Within, wanted: OwnerTest): Promise<Entry[]> {
    const found = await this.store.list(within);
    return found
      .filter((stored) => wanted(stored.name.owner) && !this.isOver(stored))
      .map((stored) => openEntry(this.key, stored, this.place));
  }

  /** Entries when there are enough, or when the signal ends the wait. A store that is lost meanwhile may come back. */
  async await({ within, wanted, more, signal }: Awaited): Promise<Entry[]> {
    const watch = await this.store.watch(within);
    try {
      let entries = await this.collect(within, wanted);
      while (!signal.aborted && more(entries)) {
        try {
          await watch.changed(signal);
          entries = await this.collect(within, wanted);
        } catch (error) {
          if (!(error instanceof StoreLost) || signal.aborted) throw error;
          await pause(signal);
        }
      }
      return entries;
    } finally {
      watch.close();
    }
  }

  /** Replaces what the owner shared before, and takes away what no longer counts beside it. */
  async publish(name: EntryName, shared: Shared): Promise<void> {
    const time = Date.now();
    const { lifetime } = shared;
    const expires = lifetime === null ? null : time + lifetime * 1000;
    const text = sealEntry(this.key, { ...name, ...shared, by: this.by, time, expires });
    await this.store.put(name, text, lifetime);
    await prune(this.store, { cluster: name.cluster, kind: name.kind });
  }

  /** Whether there was something to withdraw. */
  withdraw(name: EntryName): Promise<boolean> {
    return this.store.remove(name);
  }

  digest(facts: Dict): string {
    return digestOf(this.key, facts);
  }

  close(): void {
    this.store.close();
  }

  private isOver(stored: Stored): boolean {
    return isExpired(readEnvelope(stored, this.place), Date.now());
  }
}

/** Before a store that was lost is tried again. */
async function pause(signal: AbortSignal): Promise<void> {
  await wait(1000, undefined, { signal }).catch(() => undefined);
}

/** Removes entries that no longer count, for which no key is needed. Gives their names. */
export async function prune(store: Store, within: Within): Promise<EntryName[]> {
  const now = Date.now();
  const over = (await store.list(within)).filter((stored) => {
    try {
      return isExpired(readEnvelope(stored, store.place), now);
    } catch {
      return false; // What is no entry is left for who put it there.
    }
  });
  const gone: EntryName[] = [];
  for (const stored of over) if (await store.drop(stored)) gone.push(stored.name);
  return gone;
}
