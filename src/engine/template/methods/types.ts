import type { Value } from '../../model/value.ts';

/** A method of a Python type, called with its object. */
export type Method<Self> = (self: Self, args: Value[], kwargs: Map<string, Value>) => Value;
export type Methods<Self> = ReadonlyMap<string, Method<Self>>;
