import { Callable, Float, Undefined, type Value } from '../model/value.ts';
import { DateTime } from '../template/values.ts';

/**
 * Any value or event as what JSON and YAML can hold: dicts with text for keys, lists and scalars. Output never fails
 * because of what a result holds.
 */
export function plain(value: unknown, depth = 0): Value {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return typeof value === 'symbol' ? String(value) : (value as Value);
  if (value instanceof Float || value instanceof DateTime) return value as Value;
  if (value instanceof Undefined) return value.message;
  if (value instanceof Callable) return `<function ${value.name}>`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (depth > DEEPEST) return '...';
  if (Array.isArray(value)) return value.map((entry) => plain(entry, depth + 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value).filter(([, entry]) => entry !== undefined);
  return new Map(entries.map(([key, entry]) => [keyText(key), plain(entry, depth + 1)]));
}

const DEEPEST = 100;

function keyText(key: unknown): string {
  return typeof key === 'string' ? key : String(key instanceof Float ? key.value : key);
}
