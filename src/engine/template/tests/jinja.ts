import { Callable, Undefined, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Test, Tests } from '../types.ts';
import { Undecrypted } from '../values/undecrypted.ts';
import {
  arithmetic,
  compare,
  contains,
  defined,
  equal,
  isFloat,
  isInt,
  isIterable,
  isNumeric,
  pyStr,
} from '../values.ts';

type Sign = '<' | '>' | '<=' | '>=';

/** A test with one argument. */
function relation(name: string, holds: (value: Value, other: Value) => boolean): Test {
  return (value, args, kwargs) => {
    const { other = null } = bind(args, kwargs, ['other'], name, 1);
    return holds(value, other);
  };
}

function ordered(sign: Sign, holds: (order: number) => boolean): Test {
  return relation(sign, (value, other) => holds(compare(value, other, sign)));
}

const eq = relation('eq', equal);
const ne = relation('ne', (value, other) => !equal(value, other));
const gt = ordered('>', (order) => order > 0);
const ge = ordered('>=', (order) => order >= 0);
const lt = ordered('<', (order) => order < 0);
const le = ordered('<=', (order) => order <= 0);

function remainder(value: Value, divisor: Value): Value {
  return arithmetic('%', value, divisor);
}

/** Identity: scalars by type and value, containers by being the same object. */
function identical(value: Value, other: Value): boolean {
  if (isNumeric(value) && isNumeric(other) && typeof value === typeof other) return equal(value, other);
  return value === other;
}

/** What cannot be decrypted is there all the same. */
function isDefined(value: Value): boolean {
  return !(value instanceof Undefined) || value instanceof Undecrypted;
}

/** Jinja2's tests. */
export const tests: Tests = {
  '!=': ne,
  '<': lt,
  '<=': le,
  '==': eq,
  '>': gt,
  '>=': ge,
  boolean: (value) => typeof value === 'boolean',
  callable: (value) => value instanceof Callable,
  defined: isDefined,
  divisibleby: relation('divisibleby', (value, other) => equal(remainder(value, other), 0)),
  eq,
  equalto: eq,
  escaped: () => false,
  even: (value) => equal(remainder(value, 2), 0),
  false: (value) => value === false,
  filter: (value, _args, _kwargs, context) => context.has('filter', pyStr(value)),
  float: isFloat,
  ge,
  greaterthan: gt,
  gt,
  in: relation('in', (value, other) => contains(other, value)),
  integer: (value) => isInt(value),
  iterable: (value) => isIterable(defined(value)),
  le,
  lessthan: lt,
  lower: (value) => pyStr(value) === pyStr(value).toLowerCase() && pyStr(value) !== pyStr(value).toUpperCase(),
  lt,
  mapping: (value) => value instanceof Map,
  ne,
  none: (value) => value === null,
  number: isNumeric,
  odd: (value) => equal(remainder(value, 2), 1),
  sameas: relation('sameas', identical),
  sequence: (value) => isIterable(value),
  string: (value) => typeof value === 'string',
  test: (value, _args, _kwargs, context) => context.has('test', pyStr(value)),
  true: (value) => value === true,
  undefined: (value) => !isDefined(value),
  upper: (value) => pyStr(value) === pyStr(value).toUpperCase() && pyStr(value) !== pyStr(value).toLowerCase(),
};
