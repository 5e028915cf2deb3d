import type { Dict, Value } from '../../model/value.ts';
import { Float } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { pyRepr, pyStr, typeName } from '../../template/values.ts';
import type { ArgSpec } from '../types.ts';
import { parseDict } from './dict.ts';

import { parseSize } from './size.ts';

/** A value that has not the type asked for. The message is the reason alone; the caller says which argument. */
export class ConversionError extends Error {}

type Converter = (value: Value) => Value;

const converters: Readonly<Record<ArgSpec['type'], Converter>> = {
  str: toText,
  path: toText,
  bool: toBool,
  int: toInt,
  float: toFloat,
  list: toList,
  dict: toDict,
  raw: (value) => value,
  bytes: (value) => toSize(value, 'Byte'),
  bits: (value) => toSize(value, 'Bit'),
  json: toJson,
  jsonarg: toJson,
};

/** Converts as Ansible does for a type; throws ConversionError. */
export function convert(type: ArgSpec['type'], value: Value): Value {
  return converters[type](value);
}

function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) throw new ConversionError("'None' is not a string and conversion is not allowed");
  return pyStr(value);
}

const truths = new Set(['y', 'yes', 'on', '1', 'true', 't', '1.0']);
const falsehoods = new Set(['n', 'no', 'off', '0', 'false', 'f', '0.0']);

/** The truth a word stands for in Ansible, or undefined. */
export function wordTruth(word: string): boolean | undefined {
  const plain = word.trim().toLowerCase();
  if (truths.has(plain)) return true;
  if (falsehoods.has(plain)) return false;
  return undefined;
}

function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' || isNumber(value) ? pyStr(value) : undefined;
  if (text === undefined) throw new ConversionError(`${pythonType(value)} cannot be converted to a bool`);
  const truth = wordTruth(text);
  if (truth !== undefined) return truth;
  throw new ConversionError(
    `The value '${text}' is not a valid boolean.  Valid booleans include: 0, 1, 'no', 'f', 'yes', 'on', 'n', 'y', 'off', 'false', 't', 'true', '1', '0'`,
  );
}

function toInt(value: Value): number {
  if (typeof value === 'boolean') return Number(value);
  if (isNumber(value) || typeof value === 'string') {
    const number = Number(typeof value === 'string' ? decimal(value) : numberOf(value));
    if (Number.isInteger(number)) return number;
  }
  throw new ConversionError(`"${pyRepr(value)}" cannot be converted to an int`);
}

function toFloat(value: Value): number {
  if (typeof value === 'boolean') return Number(value);
  if (isNumber(value)) return Number(numberOf(value));
  const number = typeof value === 'string' ? Number(decimal(value)) : Number.NaN;
  if (!Number.isNaN(number)) return number;
  throw new ConversionError(`${pythonType(value)} cannot be converted to a float`);
}

/** Text of a decimal number as Python accepts it (blanks around, underscores within); NaN's text otherwise. */
function decimal(text: string): string {
  const plain = text.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? plain : 'NaN';
}

function toList(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value.split(',');
  if (isNumber(value) || typeof value === 'boolean') return [pyStr(value)];
  throw new ConversionError(`${pythonType(value)} cannot be converted to a list`);
}

function toDict(value: Value): Dict {
  if (value instanceof Map) return value;
  if (typeof value !== 'string') throw new ConversionError(`${pythonType(value)} cannot be converted to a dict`);
  if (value.startsWith('{')) {
    const parsed = readJson(value);
    if (parsed instanceof Map) return parsed;
    throw new ConversionError('unable to evaluate string as dictionary');
  }
  if (!value.includes('=')) throw new ConversionError('dictionary requested, could not parse JSON or key=value');
  const fields = parseDict(value);
  if (fields) return fields;
  throw new ConversionError('unable to evaluate string in the "key=value" format as dictionary');
}

function toSize(value: Value, unit: 'Byte' | 'Bit'): number {
  const text = typeof value === 'string' || isNumber(value) ? pyStr(value) : '';
  const size = parseSize(text, unit === 'Bit');
  if (size === undefined) throw new ConversionError(`${pythonType(value)} cannot be converted to a ${unit} value`);
  return size;
}

function toJson(value: Value): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value) || value instanceof Map) return dumpJson(value, { ensureAscii: false });
  throw new ConversionError(`${pythonType(value)} cannot be converted to a json string`);
}

function isNumber(value: Value): value is number | bigint | Float {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float;
}

function numberOf(value: number | bigint | Float): number | bigint {
  return value instanceof Float ? value.value : value;
}

/** The Python type as messages name it: `<class 'str'>`. */
export function pythonType(value: Value): string {
  return `<class '${typeName(value)}'>`;
}

function readJson(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
