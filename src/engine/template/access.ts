import { Callable, Float, isTuple, LazyDict, Undefined, type Value } from '../model/value.ts';
import { BYTES_METHODS } from './methods/bytes.ts';
import { DICT_METHODS } from './methods/dict.ts';
import { LIST_METHODS, TUPLE_METHODS } from './methods/list.ts';
import { STRING_METHODS } from './methods/str.ts';
import type { Method, Methods } from './methods/types.ts';
import { dictGet, isHashable } from './values/equal.ts';
import { fail, failUndefined } from './values/fail.ts';
import { namedMember } from './values/named-tuple.ts';
import { TemplateObject } from './values/object.ts';
import { orElse } from './values/presence.ts';
import { pyRepr } from './values/repr.ts';
import { itemAt } from './values/sequence.ts';
import { isFloat, isInt, typeName } from './values/types.ts';

/** Methods that change their object. Only a template that names one in so many words can reach it. */
export const MUTATORS: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'insert',
  'pop',
  'remove',
  'clear',
  'sort',
  'reverse',
  'update',
  'setdefault',
  'popitem',
  '__setitem__',
]);

const NONE: Methods<never> = new Map();

function methodsOf(value: Value): Methods<never> {
  if (typeof value === 'string') return STRING_METHODS;
  if (value instanceof Map) return DICT_METHODS;
  if (Array.isArray(value)) return isTuple(value) ? TUPLE_METHODS : LIST_METHODS;
  return value instanceof Uint8Array ? BYTES_METHODS : NONE;
}

function findMethod(value: Value, name: string): Method<Value> | undefined {
  const method = methodsOf(value).get(name) as Method<Value> | undefined;
  if (!method || !MUTATORS.has(name)) return method;
  // What a LazyDict shows belongs to all hosts.
  return value instanceof LazyDict ? undefined : method;
}

/** `object.name`: a method first, then a key. Something missing gives an Undefined that says so. */
export function getAttribute(object: Value, name: string): Value {
  if (object instanceof Undefined) return object;
  const method = findMethod(object, name);
  if (method) return new Callable(name, (args, kwargs) => method(object, args, kwargs));
  return orElse(ownAttribute(object, name), () => missing(object, name));
}

/** `object[index]`: a key or member first, then a method by its name. */
export function getItem(object: Value, index: Value): Value {
  if (object instanceof Undefined) return object;
  if (index instanceof Undefined) return object instanceof Map ? failUndefined(index) : index;
  if (object instanceof Map) {
    const found = isHashable(index) ? dictGet(object, index) : undefined;
    if (found !== undefined) return found;
  } else if (
    (Array.isArray(object) || typeof object === 'string' || object instanceof Uint8Array) &&
    isInt(index, true)
  ) {
    return orElse(itemAt(object, Number(index)), () => missing(object, index));
  }
  if (typeof index !== 'string') return missing(object, index);
  if (MUTATORS.has(index)) return missing(object, index);
  return getAttribute(object, index);
}

/** Calls `object.name(...)` without making a bound method. */
export function callMethod(object: Value, name: string, args: Value[], kwargs: Map<string, Value>): Value {
  if (!(object instanceof Undefined)) {
    const method = findMethod(object, name);
    if (method) return method(object, args, kwargs);
  }
  return callValue(getAttribute(object, name), args, kwargs);
}

/** Calls a value. Throws where it is undefined or nothing to call. */
export function callValue(callee: Value, args: Value[], kwargs: Map<string, Value>): Value {
  if (callee instanceof Callable) return callee.call(args, kwargs);
  if (callee instanceof Undefined) pyRepr(callee);
  return fail(`'${typeName(callee)}' object is not callable`);
}

function ownAttribute(object: Value, name: string): Value | undefined {
  if (object instanceof Map) return object.get(name);
  if (object instanceof TemplateObject) return object.attribute(name);
  if (Array.isArray(object)) return namedMember(object, name);
  if (name === 'is_integer' && isFloat(object)) return new Callable(name, () => object instanceof Float);
  return undefined;
}

function missing(object: Value, name: Value): Undefined {
  const type = object === null ? 'None' : `${typeName(object)} object`;
  if (typeof name === 'string') return new Undefined(`${pyRepr(type)} has no attribute ${pyRepr(name)}`);
  return new Undefined(`${type} has no element ${pyRepr(name)}`);
}
