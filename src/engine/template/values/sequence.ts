import { isTuple, tuple, Undefined, type Value } from '../../model/value.ts';
import { dictHas, equal } from './equal.ts';
import { fail, failUndefined, Nothing } from './fail.ts';
import { toIndex, typeName } from './types.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** The characters of a text (code points), as Python counts them. */
export function chars(text: string): string[] {
  return SURROGATE.test(text) ? Array.from(text) : text.split('');
}

/** `len(text)`: code points. */
export function textLength(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}

/** `len(value)`. Throws for what has none. */
export function length(value: Value): number {
  if (typeof value === 'string') return textLength(value);
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  if (value instanceof Map) return value.size;
  if (value instanceof Nothing) return 0;
  if (value instanceof Undefined) failUndefined(value);
  return fail(`object of type '${typeName(value)}' has no len()`);
}

/** True for what `for` accepts. */
export function isIterable(value: Value): boolean {
  return typeof value === 'string' || Array.isArray(value) || value instanceof Map || value instanceof Uint8Array;
}

/** The members that `for` walks: characters, keys of a dict, bytes. The list itself is given, not a copy. Throws for others. */
export function iterate(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return chars(value);
  if (value instanceof Map) return [...value.keys()];
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Nothing) return [];
  if (value instanceof Undefined) failUndefined(value);
  return fail(`'${typeName(value)}' object is not iterable`);
}

/** `item in container`. */
export function contains(container: Value, item: Value): boolean {
  // In an empty list there is nothing that it would be compared with.
  if (item instanceof Undefined && !(Array.isArray(container) && container.length === 0)) failUndefined(item);
  if (Array.isArray(container)) return container.some((member) => equal(member, item));
  if (container instanceof Map) return dictHas(container, item);
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    return fail(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof Uint8Array) {
    return item instanceof Uint8Array
      ? Buffer.from(container).includes(Buffer.from(item))
      : container.includes(toIndex(item));
  }
  if (container instanceof Undefined) failUndefined(container);
  return fail(`argument of type '${typeName(container)}' is not iterable`);
}

/** A member of a list, text or bytes; negative counts from the end; undefined (JS) beyond it. */
export function itemAt(value: Value[] | string | Uint8Array, index: number): Value | undefined {
  const items = typeof value === 'string' ? (SURROGATE.test(value) ? Array.from(value) : value) : value;
  const at = index < 0 ? index + items.length : index;
  return at < 0 || at >= items.length ? undefined : items[at];
}

/** `value[start:stop:step]`; null leaves a bound out. */
export function slice(value: Value, start: Value, stop: Value, step: Value): Value {
  if (value instanceof Undefined) failUndefined(value);
  if (typeof value !== 'string' && !Array.isArray(value) && !(value instanceof Uint8Array)) {
    return fail(value instanceof Map ? "unhashable type: 'slice'" : `'${typeName(value)}' object is not subscriptable`);
  }
  const items: ArrayLike<Value> = typeof value === 'string' ? chars(value) : value;
  const picked = indices(items.length, bound(start), bound(stop), bound(step)).map((at) => items[at] as Value);
  if (typeof value === 'string') return picked.join('');
  if (value instanceof Uint8Array) return Buffer.from(picked as number[]);
  return isTuple(value) ? tuple(picked) : picked;
}

function bound(value: Value): number | undefined {
  return value === null ? undefined : toIndex(value);
}

function indices(size: number, start?: number, stop?: number, step = 1): number[] {
  if (step === 0) fail('slice step cannot be zero');
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const from = start === undefined ? (step > 0 ? low : high) : clamp(start, size, low, high);
  const to = stop === undefined ? (step > 0 ? high : low) : clamp(stop, size, low, high);
  const result: number[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) result.push(at);
  return result;
}

function clamp(index: number, size: number, low: number, high: number): number {
  return Math.min(Math.max(index < 0 ? index + size : index, low), high);
}
