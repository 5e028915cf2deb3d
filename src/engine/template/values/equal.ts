import { Float, isTuple, Undefined, type Value } from '../../model/value.ts';
import { fail, failUndefined, Meter, Nothing } from './fail.ts';
import { isNumeric, typeName } from './types.ts';

/** Equality by value: `1 == 1.0 == True`, lists and dicts deeply; a list never equals a tuple. */
export function equal(a: Value, b: Value): boolean {
  if (a instanceof Undefined || b instanceof Undefined) return equalUndefined(a, b);
  return same(a, b, undefined);
}

/** One Nothing equals another, and no value. */
function equalUndefined(a: Value, b: Value): boolean {
  for (const side of [a, b]) if (side instanceof Undefined && !(side instanceof Nothing)) failUndefined(side);
  return a instanceof Nothing && b instanceof Nothing;
}

const MAX_MEMBERS = 3_000_000;

function same(a: Value, b: Value, outer: Meter | undefined): boolean {
  outer?.step();
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string' || a === null || b === null) return false;
  if (isNumeric(a)) return isNumeric(b) && sameNumber(numeric(a), numeric(b));
  if (Array.isArray(a)) return Array.isArray(b) && isTuple(a) === isTuple(b) && sameLists(a, b, outer);
  if (a instanceof Map) return b instanceof Map && sameDicts(a, b, outer);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  return false;
}

function sameLists(a: Value[], b: Value[], meter = new Meter(MAX_MEMBERS)): boolean {
  return a.length === b.length && a.every((item, index) => same(item, b[index] as Value, meter));
}

function sameDicts(a: Map<Value, Value>, b: Map<Value, Value>, meter = new Meter(MAX_MEMBERS)): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = dictGet(b, key);
    if (other === undefined || !same(value, other, meter)) return false;
  }
  return true;
}

function sameNumber(a: number | bigint, b: number | bigint): boolean {
  return a <= b && a >= b;
}

/** A JS number or bigint; JS compares the two exactly. */
export function numeric(value: number | bigint | boolean | Float): number | bigint {
  if (value instanceof Float) return value.value;
  return typeof value === 'boolean' ? Number(value) : value;
}

/**
 * The key that `dict` already uses for an equal key (`1`, `1.0` and `True` are one key), or `key` itself.
 * Throws Python's TypeError for a list or dict as key.
 */
export function dictKey(dict: ReadonlyMap<Value, Value>, key: Value): Value {
  if (typeof key === 'string' || key === null || dict.has(key)) return key;
  checkHashable(key);
  if (typeof key === 'number' && !Number.isInteger(key)) return key;
  if (key instanceof Float && !dict.size) return key;
  for (const candidate of dict.keys()) {
    if (typeof candidate !== 'string' && equal(candidate, key)) return candidate;
  }
  return key;
}

/** The value under a key equal to `key`, or undefined (JS). */
export function dictGet(dict: ReadonlyMap<Value, Value>, key: Value): Value | undefined {
  return dict.get(typeof key === 'string' ? key : dictKey(dict, key));
}

export function dictHas(dict: ReadonlyMap<Value, Value>, key: Value): boolean {
  return dict.has(typeof key === 'string' ? key : dictKey(dict, key));
}

/** Sets in place; an equal key keeps its first spelling, as in Python. */
export function dictSet(dict: Map<Value, Value>, key: Value, value: Value): void {
  dict.set(typeof key === 'string' ? key : dictKey(dict, key), value);
}

/** Whether Python could hash it: all but lists and dicts, also inside a tuple. */
export function isHashable(key: Value): boolean {
  if (key instanceof Map) return false;
  return !Array.isArray(key) || (isTuple(key) && key.every(isHashable));
}

/** Throws where Python could not hash. */
export function checkHashable(key: Value): void {
  if (key instanceof Undefined) failUndefined(key);
  if (key instanceof Map || (Array.isArray(key) && !isTuple(key))) fail(`unhashable type: '${typeName(key)}'`);
  if (Array.isArray(key)) for (const item of key) checkHashable(item);
}
