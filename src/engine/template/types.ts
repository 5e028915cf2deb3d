import type { Scope, Value } from '../model/value.ts';
import type { LoadTemplate } from './runtime/loader.ts';

/** What a filter, test, global or lookup gets beside its arguments. */
export interface Context {
  readonly scope: Scope;
  /** Counts work and size; throws when a template takes too much. */
  readonly budget: Budget;
  /** Set by a lookup whose text is no list or dict, whatever it looks like. */
  isText: boolean;
  /** Calls another filter by name (map('upper'), select). Throws if there is none. */
  filter(name: string, value: Value, args: Value[], kwargs: Map<string, Value>): Value;
  test(name: string, value: Value, args: Value[], kwargs: Map<string, Value>): boolean;
  lookup(name: string, terms: Value[], options: Map<string, Value>): Value[];
  /** Whether there is a filter or test of that name. */
  has(kind: 'filter' | 'test', name: string): boolean;
  /** Finds and compiles a template file (`template` lookup, includes). */
  readonly load?: LoadTemplate | undefined;
}

export interface Budget {
  /** One loop turn, one call. */
  step(count?: number): void;
  /** Bytes or members about to be made. */
  grow(size: number): void;
}

export type Filter = (value: Value, args: Value[], kwargs: Map<string, Value>, context: Context) => Value;
export type Test = (value: Value, args: Value[], kwargs: Map<string, Value>, context: Context) => boolean;
/** Terms are evaluated; the answer is always a list (`query`); `lookup` joins it with commas. */
export type Lookup = (terms: Value[], options: Map<string, Value>, context: Context) => Value[];

/** A file of filters, tests or lookups exports one of these, by short name; collection names are resolved by the registry. */
export type Filters = Readonly<Record<string, Filter>>;
export type Tests = Readonly<Record<string, Test>>;
export type Lookups = Readonly<Record<string, Lookup>>;
