import { Undefined, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import {
  arithmetic,
  fail,
  failUndefined,
  isFloat,
  isInt,
  isNumeric,
  iterate,
  makeFloat,
  makeInt,
  negate,
  pyRepr,
  pyStr,
  roundHalfEven,
  toIndex,
  toNumber,
  truthy,
  typeName,
} from '../values.ts';
import { attributeGetter } from './jinja-attribute.ts';

/** Jinja2's filters for numbers. */
export const filters: Filters = {
  abs(value) {
    if (!isNumeric(value)) fail(`bad operand type for abs(): '${typeName(value)}'`);
    return toNumber(value) < 0 || Object.is(toNumber(value), -0) ? negate(value) : arithmetic('+', value, 0);
  },
  filesizeformat(value, args, kwargs) {
    const { binary = false } = bind(args, kwargs, ['binary'], 'filesizeformat');
    const size = typeof value === 'string' ? parseFloatText(value) : value;
    if (size === undefined) return fail(`could not convert string to float: ${pyRepr(value)}`);
    return sizeText(toNumber(size), truthy(binary));
  },
  float(value, args, kwargs) {
    const { default: fallback = makeFloat(0) } = bind(args, kwargs, ['default'], 'float');
    if (value instanceof Undefined) failUndefined(value);
    return parseFloatText(value) ?? fallback;
  },
  int(value, args, kwargs) {
    const { default: fallback = 0, base = 10 } = bind(args, kwargs, ['default', 'base'], 'int');
    if (value instanceof Undefined) failUndefined(value);
    if (typeof value === 'string')
      return parseIntText(value, toIndex(base)) ?? truncated(parseFloatText(value)) ?? fallback;
    return truncated(isNumeric(value) ? value : undefined) ?? fallback;
  },
  round(value, args, kwargs) {
    const { precision = 0, method = 'common' } = bind(args, kwargs, ['precision', 'method'], 'round');
    const number = isNumeric(value) ? toNumber(value) : fail(`type ${typeName(value)} doesn't define __round__ method`);
    if (!['common', 'ceil', 'floor'].includes(pyStr(method))) fail('method must be common, ceil or floor');
    return round(value, number, toIndex(precision), pyStr(method));
  },
  sum(value, args, kwargs, { budget }) {
    const { attribute = null, start = 0 } = bind(args, kwargs, ['attribute', 'start'], 'sum');
    const items = iterate(value);
    const get = attributeGetter(attribute);
    budget.step(items.length);
    return items.reduce<Value>((total, item) => arithmetic('+', total, get(item)), start);
  },
};

function round(value: Value, number: number, precision: number, method: string): Value {
  // Python's round of an int stays an int.
  if (method === 'common') {
    if (!isInt(value, true)) return makeFloat(roundHalfEven(number, precision));
    return precision >= 0 ? arithmetic('+', value, 0) : makeInt(roundHalfEven(number, precision));
  }
  const scale = 10 ** precision;
  return makeFloat((method === 'ceil' ? Math.ceil(number * scale) : Math.floor(number * scale)) / scale);
}

const FLOAT =
  /^\s*[-+]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)\s*$/i;

/** `float(value)`, or undefined (JS) where Python would raise. */
export function parseFloatText(value: Value): Value | undefined {
  if (isNumeric(value)) return makeFloat(toNumber(value));
  if (typeof value !== 'string' || !FLOAT.test(value)) return undefined;
  const text = value.trim().toLowerCase().replaceAll('_', '');
  if (text.includes('inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text.includes('nan') ? Number.NaN : makeFloat(Number(text));
}

const PREFIXES: ReadonlyMap<string, number> = new Map([
  ['0x', 16],
  ['0o', 8],
  ['0b', 2],
]);

/** `int(text, base)`, or undefined (JS) where Python would raise. */
export function parseIntText(text: string, base: number): Value | undefined {
  const match = /^\s*([-+]?)(0[xob])?_?([\da-z]+(?:_[\da-z]+)*)\s*$/i.exec(text);
  if (!match) return undefined;
  const [, sign, prefix, digits = ''] = match;
  const prefixBase = prefix && PREFIXES.get(prefix.toLowerCase());
  // With base 16, `0b1` has no prefix: it is three digits.
  const own = !prefixBase || (base !== 0 && prefixBase !== base);
  const radix = own ? base || 10 : prefixBase;
  const all = (own && prefix ? prefix : '') + digits;
  let value = 0n;
  for (const char of all.replaceAll('_', '').toLowerCase()) {
    const digit = Number.parseInt(char, 36);
    if (digit >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return makeInt(sign === '-' ? -value : value);
}

function truncated(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (!isFloat(value)) return makeInt(isInt(value, true) ? BigInt(value) : 0);
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? makeInt(number) : undefined;
}

const UNITS = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function sizeText(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(base) + 1e-12), UNITS.length);
  const unit = UNITS[power - 1] ?? '';
  return `${(bytes / base ** power).toFixed(1)} ${binary ? `${unit === 'k' ? 'K' : unit}iB` : `${unit}B`}`;
}
