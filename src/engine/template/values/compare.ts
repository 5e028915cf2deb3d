import { isTuple, Undefined, type Value } from '../../model/value.ts';
import { equal, numeric } from './equal.ts';
import { fail, failUndefined } from './fail.ts';
import { isNumeric, typeName } from './types.ts';

/** Negative, zero or positive; NaN where neither is less (as with nan). Throws Python's TypeError; `sign` is for its text. */
export function compare(a: Value, b: Value, sign: '<' | '>' | '<=' | '>=' = '<'): number {
  if (typeof a === 'number' && typeof b === 'number')
    return a - b || (a === b ? 0 : a < b ? -1 : a > b ? 1 : Number.NaN);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isNumeric(a) && isNumeric(b)) {
    const [x, y] = [numeric(a), numeric(b)];
    return x < y ? -1 : x > y ? 1 : x <= y ? 0 : Number.NaN;
  }
  if (Array.isArray(a) && Array.isArray(b) && isTuple(a) === isTuple(b)) return compareLists(a, b, sign);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (a instanceof Undefined) failUndefined(a);
  if (b instanceof Undefined) failUndefined(b);
  return fail(`'${sign}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** By code point, as Python does; JS compares UTF-16 units, which differs beyond the basic plane. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x === y) continue;
    const surrogates = x >= 0xd800 && y >= 0xd800;
    return surrogates ? astral(x) - astral(y) : x - y;
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above U+FFFF, so they sort after U+E000..U+FFFF. */
function astral(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function compareLists(a: Value[], b: Value[], sign: '<' | '>' | '<=' | '>='): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a[index] as Value, b[index] as Value];
    if (!equal(x, y)) return compare(x, y, sign);
  }
  return a.length - b.length;
}
