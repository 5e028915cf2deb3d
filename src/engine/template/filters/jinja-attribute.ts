import { Undefined, type Value } from '../../model/value.ts';
import { getItem } from '../access.ts';
import { fail, pyStr, toNumber } from '../values.ts';

/**
 * The function that `attribute=` of `map`, `sort`, `groupby` and others stands for: a path with dots, whose digits
 * are indexes.
 * @param fallback what stands for an attribute that is not there
 */
export function attributeGetter(attribute: Value, fallback?: Value): (item: Value) => Value {
  if (attribute === null) return (item) => item;
  const path = typeof attribute === 'string' ? attribute.split('.').map(segment) : [attribute];
  return (item) => {
    let value = item;
    for (const part of path) {
      value = getItem(value, part);
      if (value instanceof Undefined && fallback !== undefined) return fallback;
    }
    return value;
  };
}

function segment(part: string): Value {
  return /^\d+$/.test(part) ? Number(part) : part;
}

/** Several attributes with commas between them make a list of keys, for `sort`. */
export function attributeKeys(attribute: Value): (item: Value) => Value {
  if (typeof attribute !== 'string' || !attribute.includes(',')) return attributeGetter(attribute);
  const getters = attribute.split(',').map((part) => attributeGetter(part));
  return (item) => getters.map((get) => get(item));
}

/** Folds upper and lower case together where the filter is not case-sensitive. */
export function folded(caseSensitive: boolean, key: (item: Value) => Value): (item: Value) => Value {
  if (caseSensitive) return key;
  return (item) => foldCase(key(item));
}

function foldCase(value: Value): Value {
  if (typeof value === 'string') return value.toLowerCase();
  return Array.isArray(value) ? value.map(foldCase) : value;
}

/** A count or width that must not be negative. */
export function amount(value: Value, name: string): number {
  const number = Math.trunc(toNumber(value));
  return number < 0 ? fail(`${name} must not be negative, not ${pyStr(value)}`) : number;
}
