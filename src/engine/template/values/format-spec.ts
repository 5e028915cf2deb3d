import type { Value } from '../../model/value.ts';
import { checkSize, fail } from './fail.ts';
import { exponentText, reprFloat, toFixedEven } from './float.ts';
import { pyStr } from './repr.ts';
import { textLength } from './sequence.ts';
import { isFloat, isInt, isNumeric, toNumber, typeName } from './types.ts';

const SPEC = /^(?:(.)?([<>=^]))?([+ -])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

/** `format(value, spec)`: Python's format mini-language. */
export function formatSpec(value: Value, spec: string): string {
  if (spec === '') return pyStr(value);
  const match = SPEC.exec(spec);
  if (!match) return fail(`Invalid format specifier '${spec}' for object of type '${typeName(value)}'`);
  const [, fill, align, sign = '-', alternate, zero, width = '0', grouping, precision, type] = match;
  checkSize(Number(width) + Number(precision ?? 0));
  const numeric = isNumeric(value) && type !== 's' && !(typeof value === 'boolean' && !type);
  if (!numeric && type && type !== 's') {
    fail(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
  }
  const { body, head } = numeric
    ? formatNumber(value, { sign, alternate: Boolean(alternate), grouping, precision, type })
    : { body: cut(pyStr(value), precision), head: '' };
  return padText(head, body, {
    width: Number(width),
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero && numeric ? '=' : numeric ? '>' : '<'),
  });
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : Array.from(text).slice(0, Number(precision)).join('');
}

interface NumberStyle {
  readonly sign: string;
  readonly alternate: boolean;
  readonly grouping?: string | undefined;
  readonly precision?: string | undefined;
  readonly type?: string | undefined;
}

/** `head` is the sign and prefix that zeros are filled in after. */
function formatNumber(
  value: number | bigint | boolean | Value,
  style: NumberStyle,
): { readonly head: string; readonly body: string } {
  const integral = isInt(value, true) && (style.type === undefined || 'bcdoxXn'.includes(style.type));
  if (!integral && style.type && 'bcdoxX'.includes(style.type)) {
    fail(`Unknown format code '${style.type}' for object of type '${typeName(value)}'`);
  }
  if (style.type === 'c') return { head: '', body: String.fromCodePoint(Number(value)) };
  const negative = integral ? BigInt(value) < 0n : isNegative(toNumber(value));
  const { prefix, digits } = integral ? intDigits(value, style) : { prefix: '', digits: floatDigits(value, style) };
  const sign = negative ? '-' : style.sign === '-' ? '' : style.sign;
  return { head: sign + prefix, body: style.grouping ? group(digits, style.grouping) : digits };
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function intDigits(value: number | bigint | boolean, { type, alternate }: NumberStyle) {
  const number = BigInt(value);
  const positive = number < 0n ? -number : number;
  const radix = type === 'b' ? 2 : type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10;
  const digits = positive.toString(radix);
  const prefix = alternate && radix !== 10 ? `0${type}` : '';
  return { prefix, digits: type === 'X' ? digits.toUpperCase() : digits };
}

function floatDigits(value: Value, { type, precision, alternate }: NumberStyle): string {
  const number = Math.abs(toNumber(value));
  const digits = precision === undefined ? undefined : Number(precision);
  if (!Number.isFinite(number))
    return type && 'EFG'.includes(type) ? reprFloat(number).toUpperCase() : reprFloat(number);
  switch (type) {
    case 'f':
    case 'F':
      return toFixedEven(number, digits ?? 6);
    case '%':
      return `${toFixedEven(number * 100, digits ?? 6)}%`;
    case 'e':
    case 'E': {
      const text = exponential(number, digits ?? 6);
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
    case 'n': {
      const text = general(number, digits ?? 6, alternate);
      return type === 'G' ? text.toUpperCase() : text;
    }
    default: {
      if (digits === undefined) return isFloat(value) ? reprFloat(number) : String(number);
      const text = general(number, digits, alternate);
      return /[.en]/.test(text) ? text : `${text}.0`;
    }
  }
}

/** `%e`: one digit before the point, an exponent of at least two digits. */
export function exponential(number: number, digits: number): string {
  const [mantissa = '', power = '0'] = number.toExponential(Math.min(digits, 100)).split('e');
  return `${mantissa}e${exponentText(Number(power))}`;
}

/** `%g`: the shorter of fixed and exponential, trailing zeros removed. */
export function general(number: number, digits: number, keepZeros: boolean): string {
  const significant = Math.min(Math.max(digits, 1), 100);
  if (number === 0) return keepZeros ? `0.${'0'.repeat(significant - 1)}` : '0';
  const exponent = Number(number.toExponential(significant - 1).split('e')[1]);
  if (exponent < -4 || exponent >= significant) {
    const [mantissa = '', power = ''] = exponential(number, significant - 1).split('e');
    return `${keepZeros ? mantissa : trimZeros(mantissa)}e${power}`;
  }
  const text = toFixedEven(number, significant - 1 - exponent);
  return keepZeros ? text : trimZeros(text);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function group(digits: string, separator: string): string {
  const [whole = '', rest] = digits.split('.');
  const grouped = whole.replace(/(\d)(?=(?:\d{3})+(?!\d))/g, `$1${separator}`);
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

function padText(
  head: string,
  body: string,
  { width, fill, align }: { width: number; fill: string; align: string },
): string {
  const missing = width - textLength(head) - textLength(body);
  if (missing <= 0) return head + body;
  if (align === '=') return head + fill.repeat(missing) + body;
  if (align === '<') return head + body + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + head + body;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + head + body + fill.repeat(missing - left);
}
