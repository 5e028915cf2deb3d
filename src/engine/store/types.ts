import type { EntryName } from '../model/shared.ts';

/** A part of a store: all of it, one cluster, or one kind of entries of a cluster. */
export interface Within {
  readonly cluster?: string | undefined;
  readonly kind?: string | undefined;
}

/** An entry as a store has it: a text that only the key opens. */
export interface Stored {
  readonly name: EntryName;
  readonly text: string;
}

/** Tells of changes since it was opened. */
export interface Watch {
  /** Resolves when something changed since the watch was opened or this resolved last, or when the signal is aborted. Throws TsplayError if the store is lost. */
  changed(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Where entries stand. It sees sealed texts only. All of it throws TsplayError of kind `module`, naming the store. */
export interface Store {
  /** For messages: `etcd://10.0.0.1:2379/tsplay`; without secrets. */
  readonly place: string;
  /** In order of cluster, kind and owner. */
  list(within: Within): Promise<Stored[]>;
  get(name: EntryName): Promise<string | undefined>;
  /** Puts a text in the place of what is there, at once or not at all. `lifetime` is in seconds, null for ever. */
  put(name: EntryName, text: string, lifetime: number | null): Promise<void>;
  /** Whether there was one. */
  remove(name: EntryName): Promise<boolean>;
  /** Removes an entry unless another has taken its place. Whether it did. */
  drop(stored: Stored): Promise<boolean>;
  /** Changes from now on. */
  watch(within: Within): Promise<Watch>;
  close(): void;
}
