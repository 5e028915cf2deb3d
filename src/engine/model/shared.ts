import type { Dict } from './value.ts';

/** Under which facts are shared: the name of a cluster, what they are, and the host that they are about. */
export interface EntryName {
  readonly cluster: string;
  readonly kind: string;
  /** A host. */
  readonly owner: string;
}

/** What a host shares. */
export interface Shared {
  readonly facts: Dict;
  /** Names of facts that are no secrets. */
  readonly plain: readonly string[];
  /** Seconds that it counts; null for as long as nobody takes it away. */
  readonly lifetime: number | null;
}
