import { Callable, Float, isTuple, Undefined, type Value } from '../../model/value.ts';
import { fail, failUndefined } from './fail.ts';
import { TemplateObject } from './object.ts';
import { Undecrypted } from './undecrypted.ts';

/** Python's name of a value's type, as messages and `type_debug` print it. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  if (value instanceof Float) return 'float';
  if (Array.isArray(value)) return isTuple(value) ? 'tuple' : 'list';
  if (value instanceof Map) return 'dict';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Undecrypted) return 'AnsibleVaultEncryptedUnicode';
  if (value instanceof Undefined) return 'AnsibleUndefined';
  if (value instanceof TemplateObject) return value.typeName;
  return value instanceof Callable ? 'function' : 'object';
}

/** True for int, float and bool: all that Python counts with. */
export function isNumeric(value: Value): value is number | bigint | boolean | Float {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value instanceof Float;
}

/** True for int, and for bool where `bools` is set. */
export function isInt(value: Value, bools = false): value is number | bigint | boolean {
  return (
    (typeof value === 'number' && Number.isInteger(value)) ||
    typeof value === 'bigint' ||
    (bools && typeof value === 'boolean')
  );
}

export function isFloat(value: Value): value is number | Float {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

/** A Python float from a JS number. */
export function makeFloat(value: number): Value {
  return Number.isInteger(value) ? new Float(value) : value;
}

/** A Python int from a JS integer of any size. */
export function makeInt(value: number | bigint): Value {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
}

/** The JS number of an int, float or bool (a big int loses digits). Throws for anything else. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof Float) return value.value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (value instanceof Undefined) failUndefined(value);
  return fail(`must be real number, not ${typeName(value)}`);
}

/** A JS integer for an index or a count. Throws Python's message for what is no int. */
export function toIndex(value: Value): number {
  if (isInt(value, true)) return Number(value);
  if (value instanceof Undefined) failUndefined(value);
  return fail(`'${typeName(value)}' object cannot be interpreted as an integer`);
}
