import { Callable, isTuple, LazyDict, OMIT, type Scope, Undefined, type Value } from '../../model/value.ts';
import { readLiteral, readNative } from '../literal.ts';
import { defined, Nothing } from '../values/fail.ts';
import { type Output, printed } from './output.ts';

/**
 * What becomes of that which a template printed: its text, for a file; the text, or the list, dict or boolean that it
 * looks like (`literal`); the value itself, with jinja2_native.
 */
export type ResultMode = 'text' | 'literal' | 'native';

export function isNative({ world }: Scope): boolean {
  return world.setting?.('DEFAULT_JINJA2_NATIVE')?.value === true;
}

/** The result of a template, a macro or a block. */
export function resultOf(output: Output, mode: ResultMode): Value {
  if (mode === 'text' || output.isText) return output.text();
  if (mode === 'literal') return readLiteral(output.text());
  const value = output.value();
  return typeof value === 'string' ? readNative(value) : value;
}

/** What one expression alone results in. `isText`: a filter made it text on purpose. */
export function singleResult(value: Value, mode: ResultMode, isText: boolean): Value {
  if (value === OMIT) return value;
  if (value instanceof Undefined) return value instanceof Nothing ? '' : defined(value);
  if (typeof value === 'string') {
    if (isText) return value;
    return mode === 'native' ? readNative(value) : readLiteral(value);
  }
  const plain = isPlain(value);
  if (mode === 'native' || typeof value === 'boolean' || value instanceof LazyDict) return value;
  // Printed and read again, a list or dict of plain data is what it was.
  if (plain && !isTuple(value) && (value instanceof Map || Array.isArray(value))) return value;
  return readLiteral(printed(value));
}

/** Whether the value, as it prints, is a literal of Python. Throws where it holds something undefined. */
function isPlain(value: Value, seen = new Set<Value>()): boolean {
  if (value === OMIT || value instanceof LazyDict) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (!Array.isArray(value) && !(value instanceof Map)) return !(defined(value) instanceof Callable);
  if (seen.has(value)) return true;
  seen.add(value);
  let plain = true;
  for (const item of value.values()) if (!isPlain(item, seen)) plain = false;
  return plain;
}
