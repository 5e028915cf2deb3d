import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { fail, isNumeric, makeFloat, makeInt, pyStr, toFixedEven, toNumber, truthy, typeName } from '../values.ts';

const UNITS: readonly (readonly [string, bigint])[] = [
  ['Y', 1n << 80n],
  ['Z', 1n << 70n],
  ['E', 1n << 60n],
  ['P', 1n << 50n],
  ['T', 1n << 40n],
  ['G', 1n << 30n],
  ['M', 1n << 20n],
  ['K', 1n << 10n],
  ['B', 1n],
];

export const filters: Filters = {
  human_readable(value, args, kwargs) {
    const { isbits = false, unit = null } = bind(args, kwargs, ['isbits', 'unit'], 'human_readable');
    if (!isNumeric(value))
      return fail(`human_readable() failed on bad input: a number is expected, not ${typeName(value)}`);
    return toHumanReadable(toNumber(value), truthy(isbits), unit === null ? undefined : pyStr(unit));
  },
  human_to_bytes(value, args, kwargs) {
    const { default_unit = null, isbits = false } = bind(args, kwargs, ['default_unit', 'isbits'], 'human_to_bytes');
    return toBytes(pyStr(value), default_unit === null ? undefined : pyStr(default_unit), truthy(isbits));
  },
  log(value, args, kwargs) {
    const { base = Math.E } = bind(args, kwargs, ['base'], 'log');
    const [x, b] = [number(value, 'log'), number(base, 'log')];
    if (x <= 0 || b <= 0) fail('math domain error');
    if (b === 10) return makeFloat(Math.log10(x));
    return makeFloat(Math.log(x) / Math.log(b));
  },
  pow(value, args, kwargs) {
    const { y = null } = bind(args, kwargs, ['y'], 'pow', 1);
    return makeFloat(number(value, 'pow') ** number(y, 'pow'));
  },
  root(value, args, kwargs) {
    const { base = 2 } = bind(args, kwargs, ['base'], 'root');
    const [x, b] = [number(value, 'root'), number(base, 'root')];
    if (x < 0) fail('root() can only be used on numbers: math domain error');
    return makeFloat(b === 2 ? Math.sqrt(x) : x ** (1 / b));
  },
};

function number(value: Value, filter: string): number {
  if (isNumeric(value)) return toNumber(value);
  return fail(`${filter}() can only be used on numbers: must be real number, not ${typeName(value)}`);
}

function toHumanReadable(size: number, bits: boolean, unit: string | undefined): string {
  const base = bits ? 'bits' : 'Bytes';
  const wanted = unit?.toUpperCase();
  const found = UNITS.find(([name, limit]) => (wanted === undefined ? size >= Number(limit) : wanted === name));
  const [name, limit] = found ?? ['B', 1n];
  return `${toFixedEven(size / Number(limit), 2)} ${limit === 1n ? base : name + base.charAt(0)}`;
}

/** `10M`, `1.5 GB` (or `Gb` for bits) as a count; 1K is 1024. */
function toBytes(text: string, defaultUnit: string | undefined, bits: boolean): Value {
  const [, digits = '', suffix] = /^\s*(\d*\.?\d*)\s*([A-Za-z]+)?/.exec(text) ?? [];
  if (!/\d/.test(digits)) fail(`human_to_bytes() can't interpret following string: ${text}`);
  const unit = suffix ?? defaultUnit;
  if (unit === undefined) return makeInt(BigInt(toFixedEven(Number(digits), 0)));
  const [name, limit] =
    UNITS.find(([each]) => each === unit.charAt(0).toUpperCase()) ??
    fail(`human_to_bytes() can't interpret following string: ${text}`);
  const [letter, word] = bits ? ['b', 'bit'] : ['B', 'byte'];
  if (unit.length > 1 && !unit.toLowerCase().includes(word) && unit[1] !== letter) {
    fail(`human_to_bytes() can't interpret following string: ${text}`, `expected ${name}${letter} or ${name}`);
  }
  return makeInt(BigInt(toFixedEven(Number(digits) * Number(limit), 0)));
}
