import type { Raw } from '../model/value.ts';

/** One level of precedence: names and their values, possibly deferred. A `Map` is one. */
export interface Layer {
  get(name: string): Raw | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
  /** Why the value of a name is not to be relied on, if it is not. */
  doubtOf?(name: string): Doubt | undefined;
}

/** A value that is not what it will be in a real run, since check mode leaves out what it comes from. */
export interface Doubt {
  readonly why: string;
  /** `output`: it is the result of a task that is known to change something; what it will say besides is not. */
  readonly of: 'value' | 'output';
}

export const EMPTY_LAYER: Layer = new Map();

/** A level whose values are made when they are asked for: magic variables. `doubts`: which are not to be relied on, and why. */
export function lazyLayer(entries: Readonly<Record<string, () => Raw>>, doubts?: ReadonlyMap<string, Doubt>): Layer {
  const makers = new Map(Object.entries(entries));
  return {
    get: (name) => makers.get(name)?.(),
    has: (name) => makers.has(name),
    keys: () => makers.keys(),
    ...(doubts && { doubtOf: (name: string) => doubts.get(name) }),
  };
}
