import { type Float, isTuple, tuple, Undefined, type Value } from '../../model/value.ts';
import { subtractDates } from './datetime.ts';
import { checkSize, fail, failUndefined } from './fail.ts';
import { formatPercent } from './percent.ts';
import { isFloat, isInt, isNumeric, makeFloat, makeInt, toNumber, typeName } from './types.ts';

export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** A binary operator of Python. Throws TypeErrors with Python's text, and when the result would be too large. */
export function arithmetic(operator: Operator, a: Value, b: Value): Value {
  if (a instanceof Undefined) failUndefined(a);
  if (b instanceof Undefined) failUndefined(b);
  if (isNumeric(a) && isNumeric(b)) return numbers(operator, a, b);
  if (operator === '+') return concat(a, b);
  if (operator === '*') return repeat(a, b);
  if (operator === '%' && typeof a === 'string') return formatPercent(a, b);
  if (operator === '-') return subtractDates(a, b) ?? unsupported(operator, a, b);
  return unsupported(operator, a, b);
}

function unsupported(operator: Operator, a: Value, b: Value): never {
  const sign = operator === '**' ? '** or pow()' : operator;
  return fail(`unsupported operand type(s) for ${sign}: '${typeName(a)}' and '${typeName(b)}'`);
}

function concat(a: Value, b: Value): Value {
  if (typeof a === 'string') {
    if (typeof b !== 'string') fail(`can only concatenate str (not "${typeName(b)}") to str`);
    checkSize(a.length + b.length);
    return a + b;
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || isTuple(a) !== isTuple(b)) {
      return fail(`can only concatenate ${typeName(a)} (not "${typeName(b)}") to ${typeName(a)}`);
    }
    checkSize(a.length + b.length);
    return isTuple(a) ? tuple([...a, ...b]) : [...a, ...b];
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.concat([a, b]);
  return unsupported('+', a, b);
}

function repeat(a: Value, b: Value): Value {
  const [items, count] = isInt(b, true) ? [a, b] : [b, a];
  if (typeof items !== 'string' && !Array.isArray(items)) return unsupported('*', a, b);
  if (!isInt(count, true)) return fail(`can't multiply sequence by non-int of type '${typeName(count)}'`);
  const times = Math.max(0, Number(count));
  checkSize(items.length * times);
  if (typeof items === 'string') return items.repeat(times);
  const list = Array.from({ length: times }, () => items).flat(1) as Value[];
  return isTuple(items) ? tuple(list) : list;
}

type Num = number | bigint | boolean | Float;

function numbers(operator: Operator, a: Num, b: Num): Value {
  if (isFloat(a) || isFloat(b)) return floats(operator, toNumber(a), toNumber(b));
  const [x, y] = [Number(a), Number(b)];
  const big = typeof a === 'bigint' || typeof b === 'bigint';
  if (operator === '/') return y === 0 ? fail('division by zero') : makeFloat(x / y);
  if (operator === '**') return power(a, b);
  if ((operator === '//' || operator === '%') && y === 0) fail('integer division or modulo by zero');
  if (!big) {
    const result = smallInts(operator, x, y);
    if (Number.isSafeInteger(result)) return result + 0;
  }
  return makeInt(bigInts(operator, BigInt(a), BigInt(b)));
}

function smallInts(operator: Operator, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '//':
      return (x - floorMod(x, y)) / y;
    default:
      return floorMod(x, y);
  }
}

function bigInts(operator: Operator, x: bigint, y: bigint): bigint {
  const rest = operator === '//' || operator === '%' ? ((x % y) + y) % y : 0n;
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '//':
      return (x - rest) / y;
    default:
      return rest;
  }
}

/** The remainder has the divisor's sign. */
function floorMod(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

// A power of this many bits takes microseconds; much beyond it, multiplication takes the whole process.
const MAX_POWER_BITS = 200_000;

function power(a: number | bigint | boolean | Float, b: number | bigint | boolean | Float): Value {
  const [base, exponent] = [toNumber(a), toNumber(b)];
  if (exponent < 0) return floats('**', base, exponent);
  const result = base ** exponent;
  if (Number.isSafeInteger(result)) return result + 0;
  const bits = Math.log2(Math.abs(base)) * exponent;
  if (!(bits <= MAX_POWER_BITS)) fail(`${base} ** ${exponent} is too large`);
  return makeInt(BigInt(a as number) ** BigInt(b as number));
}

function floats(operator: Operator, x: number, y: number): Value {
  switch (operator) {
    case '+':
      return makeFloat(x + y);
    case '-':
      return makeFloat(x - y);
    case '*':
      return makeFloat(x * y);
    case '/':
      return y === 0 ? fail('float division by zero') : makeFloat(x / y);
    case '//':
      return y === 0 ? fail('float floor division by zero') : makeFloat(Math.floor((x - floorMod(x, y)) / y + 0.5));
    case '%':
      return y === 0 ? fail('float modulo') : makeFloat(floorMod(x, y));
    default:
      if (x === 0 && y < 0) fail('0.0 cannot be raised to a negative power');
      return makeFloat(x ** y);
  }
}

/** `-value`, `+value`. */
export function negate(value: Value): Value {
  if (typeof value === 'number' && Number.isInteger(value)) return 0 - value;
  return numericSign(value, '-', (number) => -number);
}

export function positive(value: Value): Value {
  return numericSign(value, '+', (number) => number);
}

function numericSign(value: Value, sign: string, apply: (value: number) => number): Value {
  if (typeof value === 'bigint') return makeInt(sign === '-' ? -value : value);
  if (isFloat(value)) return makeFloat(apply(toNumber(value)));
  if (isInt(value, true)) return apply(Number(value)) + 0;
  if (value instanceof Undefined) failUndefined(value);
  return fail(`bad operand type for unary ${sign}: '${typeName(value)}'`);
}
