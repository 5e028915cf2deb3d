import { types } from 'node:util';
import { TsplayError } from '../../model/errors.ts';
import { Callable, Float, Undefined, type Value } from '../../model/value.ts';

/** What scripts of the user see and give: data of JavaScript. */
export type Plain =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** A value as a script sees it: dicts are objects, floats are numbers. Throws TsplayError for what is undefined. */
export function toPlain(value: Value): Plain {
  if (value instanceof Undefined) throw new TsplayError('undefined', value.message);
  if (value instanceof Callable) throw new TsplayError('template', `a function (${value.name}) is no data`);
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (!(value instanceof Map))
    return value as Exclude<Value, Undefined | Callable | Float | Value[] | Map<Value, Value>>;
  return Object.fromEntries([...value].map(([key, member]) => [String(key), toPlain(member)]));
}

/** What a script gave, as a value; undefined is None. Throws TsplayError for what is no data. */
export function fromPlain(plain: unknown): Value {
  if (plain === undefined || plain === null) return null;
  if (typeof plain === 'function' || typeof plain === 'symbol') {
    throw new TsplayError('template', `a ${typeof plain} is no data`);
  }
  if (typeof plain !== 'object') return plain as Value;
  if (plain instanceof Uint8Array || plain instanceof Float || plain instanceof Undefined) return plain;
  if (types.isPromise(plain)) {
    throw new TsplayError('template', 'a promise is no data', { hint: 'templates do not wait: give the value itself' });
  }
  if (types.isDate(plain)) return plain.toISOString();
  if (Array.isArray(plain) || types.isSet(plain)) return [...plain].map(fromPlain);
  const entries = types.isMap(plain) ? [...plain] : Object.entries(plain);
  return new Map(entries.map(([key, member]) => [fromPlain(key), fromPlain(member)]));
}
