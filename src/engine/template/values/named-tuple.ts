import { tuple, type Value } from '../../model/value.ts';

const names = new WeakMap<Value[], readonly string[]>();

/** A tuple whose members also have names, such as a group of `groupby`. */
export function namedTuple(items: Value[], fields: readonly string[]): Value[] {
  names.set(items, fields);
  return tuple(items);
}

/** A member of a named tuple, or undefined (JS). */
export function namedMember(items: Value[], field: string): Value | undefined {
  return items[names.get(items)?.indexOf(field) ?? -1];
}
