import type { Dict, Value } from '../../model/value.ts';
import type { Filters } from '../types.ts';
import { contains, defined, dictGet, dictHas, dictSet, fail, pyRepr, pyStr, truthy, typeName } from '../values.ts';
import { flatten } from './flatten.ts';

const LIST_MERGES = ['replace', 'keep', 'append', 'prepend', 'append_rp', 'prepend_rp'] as const;
export type ListMerge = (typeof LIST_MERGES)[number];

export const filters: Filters = {
  combine(value, args, kwargs) {
    for (const name of kwargs.keys()) {
      if (name !== 'recursive' && name !== 'list_merge') {
        fail("'recursive' and 'list_merge' are the only valid keyword arguments");
      }
    }
    const recursive = truthy(kwargs.get('recursive') ?? false);
    const listMerge = toListMerge(kwargs.get('list_merge') ?? 'replace');
    const [first = new Map(), ...rest] = flatten([value, ...args], 1).map(defined);
    return rest.reduce<Value>((merged, next) => merge(merged, next, recursive, listMerge), first);
  },
};

/** The name of a way to join lists. Throws for an unknown one. */
export function toListMerge(value: Value): ListMerge {
  const name = pyStr(value);
  const known = LIST_MERGES.find((candidate) => candidate === name);
  return (
    known ?? fail(`'list_merge' argument can only be equal to ${LIST_MERGES.map((each) => `'${each}'`).join(', ')}`)
  );
}

/** A new dict of two; the second wins. Nested dicts are merged too if `recursive`. */
export function mergeDicts(low: Dict, high: Dict, recursive: boolean, listMerge: ListMerge): Dict {
  const merged: Dict = new Map(low);
  for (const [key, value] of high) {
    const existing = dictHas(merged, key) ? dictGet(merged, key) : undefined;
    dictSet(merged, key, existing === undefined ? value : mergeMember(existing, value, recursive, listMerge));
  }
  return merged;
}

function merge(low: Value, high: Value, recursive: boolean, listMerge: ListMerge): Value {
  if (low instanceof Map && high instanceof Map) return mergeDicts(low, high, recursive, listMerge);
  return fail(
    `failed to combine variables, expected dicts but got a '${typeName(low)}' and a '${typeName(high)}': \n${pyRepr(low)}\n${pyRepr(high)}`,
  );
}

function mergeMember(low: Value, high: Value, recursive: boolean, listMerge: ListMerge): Value {
  if (low instanceof Map && high instanceof Map) return recursive ? mergeDicts(low, high, recursive, listMerge) : high;
  if (Array.isArray(low) && Array.isArray(high)) return mergeLists(low, high, listMerge);
  return high;
}

/** Joins two lists; `_rp` ("remove present") leaves out of the lower one what the higher one has too. */
export function mergeLists(low: Value[], high: Value[], listMerge: ListMerge): Value[] {
  switch (listMerge) {
    case 'keep':
      return low;
    case 'append':
      return [...low, ...high];
    case 'prepend':
      return [...high, ...low];
    case 'append_rp':
      return [...without(low, high), ...high];
    case 'prepend_rp':
      return [...high, ...without(low, high)];
    default:
      return high;
  }
}

function without(items: Value[], others: Value[]): Value[] {
  return items.filter((item) => !contains(others, item));
}
