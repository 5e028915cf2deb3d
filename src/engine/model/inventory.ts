import type { Raw } from './value.ts';

export interface Host {
  readonly name: string;
  /** Own variables from inventory sources (not host_vars files, not groups). */
  readonly vars: Map<string, Raw>;
  /** Names of the groups the host is in directly. */
  readonly groups: Set<string>;
  /** The source that named it first: a path, or a list (`host1,`); none for a host that was made by a task. */
  readonly source?: string;
  /** Made on the fly because a play named `localhost` and no source did. */
  readonly implicit?: boolean;
}

export interface Group {
  readonly name: string;
  readonly vars: Map<string, Raw>;
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly parents: Set<string>;
  /** 0 for `all`, 1 below it, ... : the longest way from `all`. */
  depth: number;
  /** `ansible_group_priority`, 1 by default. */
  priority: number;
}

/** Hosts and groups in the order in which sources name them. `all` and `ungrouped` always exist. */
export interface Inventory {
  readonly hosts: Map<string, Host>;
  readonly groups: Map<string, Group>;
  /** Absolute paths of the sources, in order; what is not a file (`host1,`) is left out. */
  readonly sources: readonly string[];
  /** What follows from a pattern that names no host; a warning unless said otherwise. */
  readonly onMismatch?: 'error' | 'warning' | 'ignore';
}
