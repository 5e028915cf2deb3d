import type { Value } from '../../model/value.ts';
import type { Gathered } from './gathered.ts';

export type Facts = Record<string, Value>;

/** One group of facts: what it must see of the host, and what it makes of it. */
export interface Collector {
  /** Its name in `gather_subset`. */
  readonly name: string;
  /** Names of single facts that stand for the group in `gather_subset` too. */
  readonly factIds?: readonly string[];
  /** Groups that are gathered with it. */
  readonly requires?: readonly string[];
  /** Files to read: paths, globs. All files of all groups are read by one process. */
  readonly files?: readonly string[];
  /** Paths (or globs) whose existence it asks for. Costs no process. */
  readonly paths?: readonly string[];
  /** Commands whose presence it asks for. Costs no process. */
  readonly commands?: readonly string[];
  /** More shell; `section NAME` starts a part of the output. */
  readonly script?: string;
  /** `facts` are those of the groups before it. */
  parse(host: Gathered, facts: Facts): Facts;
}
