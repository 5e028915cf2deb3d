import type { Value } from '../../../model/value.ts';
import { compare, contains, fail, isNumeric, length, makeFloat, makeInt, pyStr, toNumber } from '../../values.ts';
import { dumpJson } from '../json/dump.ts';
import { parseJson } from '../json/parse.ts';

/** An argument: a value, or an expression (`&name`) to apply to each member. */
export type Argument = Value | ((item: Value) => Value);
type Apply = (item: Value) => Value;

const FUNCTIONS: ReadonlyMap<string, (name: string, args: readonly Argument[]) => Value> = new Map<
  string,
  (name: string, args: readonly Argument[]) => Value
>([
  ['abs', (name, [value]) => numeric(Math.abs(number(name, value)), value)],
  ['avg', (name, [list]) => average(numbers(name, list))],
  ['ceil', (name, [value]) => makeInt(Math.ceil(number(name, value)))],
  ['contains', (name, [subject, member]) => isMember(container(name, subject), plain(name, member))],
  ['ends_with', (name, [subject, suffix]) => text(name, subject).endsWith(text(name, suffix))],
  ['floor', (name, [value]) => makeInt(Math.floor(number(name, value)))],
  [
    'join',
    (name, [glue, list]) =>
      array(name, list)
        .map((each) => text(name, each))
        .join(text(name, glue)),
  ],
  ['keys', (name, [dict]) => [...mapping(name, dict).keys()]],
  ['length', (name, [value]) => length(plain(name, value))],
  ['map', (name, [apply, list]) => array(name, list).map(expression(name, apply))],
  ['max', (name, [list]) => extreme(array(name, list), (each) => each, 1)],
  ['max_by', (name, [list, apply]) => extreme(array(name, list), expression(name, apply), 1)],
  ['merge', (name, dicts) => new Map(dicts.flatMap((dict) => [...mapping(name, dict)]))],
  ['min', (name, [list]) => extreme(array(name, list), (each) => each, -1)],
  ['min_by', (name, [list, apply]) => extreme(array(name, list), expression(name, apply), -1)],
  ['not_null', (name, args) => args.map((arg) => plain(name, arg)).find((arg) => arg !== null) ?? null],
  ['reverse', (name, [value]) => reverse(plain(name, value))],
  ['sort', (name, [list]) => sortBy(array(name, list), (each) => each)],
  ['sort_by', (name, [list, apply]) => sortBy(array(name, list), expression(name, apply))],
  ['starts_with', (name, [subject, prefix]) => text(name, subject).startsWith(text(name, prefix))],
  ['sum', (name, [list]) => sum(numbers(name, list), array(name, list))],
  ['to_array', (name, [value]) => (Array.isArray(value) ? value : [plain(name, value)])],
  ['to_number', (name, [value]) => toNumeric(plain(name, value))],
  [
    'to_string',
    (name, [value]) =>
      typeof value === 'string' ? value : dumpJson(plain(name, value), { itemSeparator: ',', keySeparator: ':' }),
  ],
  ['type', (name, [value]) => jsonType(plain(name, value))],
  ['values', (name, [dict]) => [...mapping(name, dict).values()]],
]);

/** Calls a function of JMESPath. Throws TsplayError for an unknown one and for arguments of the wrong kind. */
export function callFunction(name: string, args: readonly Argument[]): Value {
  const known = FUNCTIONS.get(name);
  if (!known) return fail(`JMESPath: unknown function ${name}()`, `known are ${[...FUNCTIONS.keys()].join(', ')}`);
  return known(name, args);
}

function wrong(name: string, wanted: string, given: Argument | undefined): never {
  const type = given === undefined ? 'nothing' : typeof given === 'function' ? 'an expression' : jsonType(given);
  return fail(`JMESPath: ${name}() expects ${wanted}, not ${type}`);
}

function plain(name: string, value: Argument | undefined): Value {
  return value === undefined || typeof value === 'function' ? wrong(name, 'a value', value) : value;
}

function text(name: string, value: Argument | undefined): string {
  return typeof value === 'string' ? value : wrong(name, 'a string', value);
}

function array(name: string, value: Argument | undefined): Value[] {
  return Array.isArray(value) ? value : wrong(name, 'an array', value);
}

function mapping(name: string, value: Argument | undefined): Map<Value, Value> {
  return value instanceof Map ? value : wrong(name, 'an object', value);
}

function container(name: string, value: Argument | undefined): Value[] | string {
  return Array.isArray(value) || typeof value === 'string' ? value : wrong(name, 'an array or a string', value);
}

function expression(name: string, value: Argument | undefined): Apply {
  return typeof value === 'function' ? value : wrong(name, 'an expression like &name', value);
}

function number(name: string, value: Argument | undefined): number {
  const given = plain(name, value);
  return jsonType(given) === 'number' ? toNumber(given) : wrong(name, 'a number', value);
}

function numbers(name: string, list: Argument | undefined): number[] {
  return array(name, list).map((each) => number(name, each));
}

/** A number of the kind that `like` is. */
function numeric(value: number, like: Argument | undefined): Value {
  return typeof like === 'number' && Number.isInteger(like) ? makeInt(value) : makeFloat(value);
}

function average(list: readonly number[]): Value {
  return list.length === 0 ? null : makeFloat(list.reduce((a, b) => a + b, 0) / list.length);
}

function sum(list: readonly number[], originals: readonly Value[]): Value {
  const total = list.reduce((a, b) => a + b, 0);
  const whole = originals.every(
    (each) => typeof each === 'bigint' || (typeof each === 'number' && Number.isInteger(each)),
  );
  return whole ? makeInt(total) : makeFloat(total);
}

function isMember(subject: Value[] | string, member: Value): boolean {
  return typeof subject === 'string' && typeof member !== 'string' ? false : contains(subject, member);
}

function extreme(list: readonly Value[], key: Apply, sign: 1 | -1): Value {
  let best: Value = null;
  for (const [index, item] of list.entries()) {
    if (index === 0 || Math.sign(compare(key(item), key(best))) === sign) best = item;
  }
  return best;
}

function sortBy(list: readonly Value[], key: Apply): Value[] {
  const keyed = list.map((item) => ({ item, key: key(item) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
}

function reverse(value: Value): Value {
  if (typeof value === 'string') return [...value].reverse().join('');
  return Array.isArray(value) ? value.toReversed() : wrong('reverse', 'an array or a string', value);
}

function toNumeric(value: Value): Value {
  if (jsonType(value) === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(value)) return null;
  return parseJson(value.replace(/^(-?)0+(?=\d)/, '$1'));
}

function jsonType(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'object';
  return isNumeric(value) ? 'number' : fail(`JMESPath: ${pyStr(value)} is no JSON value`);
}
