import { Callable, Float, Undefined, type Value } from '../../model/value.ts';
import { failUndefined, Nothing } from './fail.ts';

/** Python's truth: empty containers, empty text, zero and None are false. Throws for something undefined. */
export function truthy(value: Value): boolean {
  if (value === true || value === false) return value;
  if (typeof value === 'string') return value.length > 0;
  if (value === null) return false;
  // NaN is true in Python.
  if (typeof value === 'number') return value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  if (typeof value === 'bigint') return value !== 0n;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Uint8Array) return value.length > 0;
  if (value instanceof Undefined) return value instanceof Nothing ? false : failUndefined(value);
  return value instanceof Callable;
}
