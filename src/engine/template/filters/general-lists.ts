import type { Dict, Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filter, Filters } from '../types.ts';
import {
  arithmetic,
  compare,
  defined,
  dictGet,
  dictHas,
  dictSet,
  fail,
  iterate,
  pyRepr,
  pyStr,
  truthy,
  typeName,
} from '../values.ts';
import { compareLoose } from '../versions/loose.ts';
import { type ListMerge, mergeDicts, toListMerge } from './combine.ts';
import { filters as sets } from './sets.ts';

/** Filters of community.general for lists. */
export const filters: Filters = {
  accumulate(value) {
    if (!Array.isArray(defined(value)) && typeof value !== 'string')
      fail(`Invalid value type (${typeName(value)}) for accumulate`);
    let sum: Value | undefined;
    return iterate(value).map((item) => {
      sum = sum === undefined ? item : arithmetic('+', sum, item);
      return sum;
    });
  },
  counter(value) {
    if (!Array.isArray(defined(value)) && typeof value !== 'string')
      fail(`Argument for community.general.counter must be a sequence (string or list), not ${typeName(value)}`);
    const counts: Dict = new Map();
    for (const item of iterate(value)) dictSet(counts, item, Number(dictGet(counts, item) ?? 0) + 1);
    return counts;
  },
  dict(value) {
    if (value instanceof Map) return new Map(value);
    const result: Dict = new Map();
    for (const pair of iterate(value)) {
      const [key, item] = Array.isArray(pair) ? pair : [];
      if (key === undefined || item === undefined) return fail(`dict expects a list of pairs, got ${pyRepr(pair)}`);
      dictSet(result, key, item);
    }
    return result;
  },
  dict_kv: (value, args) => new Map([[args[0] ?? null, value]]),
  groupby_as_dict(value, args, kwargs) {
    const { attribute = null } = bind(args, kwargs, ['attribute'], 'groupby_as_dict', 1);
    if (!Array.isArray(defined(value)) && typeof value !== 'string') fail('Input is not a sequence');
    const result: Dict = new Map();
    for (const [index, element] of iterate(value).entries()) {
      if (!(element instanceof Map)) return fail(`Sequence element #${index} is not a mapping`);
      const key = dictGet(element, attribute) ?? fail(`Attribute not contained in element #${index} of sequence`);
      if (dictHas(result, key)) fail(`Multiple sequence entries have attribute value ${pyRepr(key)}`);
      dictSet(result, key, element);
    }
    return result;
  },
  lists_difference: folding('difference'),
  lists_intersect: folding('intersect'),
  lists_mergeby(value, args, kwargs) {
    const recursive = truthy(kwargs.get('recursive') ?? false);
    const listMerge = toListMerge(kwargs.get('list_merge') ?? 'replace');
    const index = args.at(-1) ?? fail('At least one list and index are needed.');
    const lists = listsOf([value, ...args.slice(0, -1)]);
    if (lists.length < 2) return lists[0] ?? [];
    return lists.reduce((low, high) => mergeBy(low, high, index, recursive, listMerge));
  },
  lists_symmetric_difference: folding('symmetric_difference'),
  lists_union: folding('union'),
  version_sort(value, args, kwargs) {
    const { reverse = false } = bind(args, kwargs, ['reverse'], 'version_sort');
    const sign = truthy(reverse) ? -1 : 1;
    return [...iterate(value)].sort((a, b) => sign * compareLoose(pyStr(a), pyStr(b)));
  },
};

/** A filter of two lists applied to any number of them, from left to right. */
function folding(name: string): Filter {
  return (value, args, kwargs, context) => {
    const lists =
      kwargs.has('flatten') && truthy(kwargs.get('flatten') ?? false) ? listsOf([value, ...args]) : [value, ...args];
    const apply = sets[name]!;
    const [first = [], ...rest] = lists;
    return rest.length === 0
      ? apply(first, [first], new Map(), context)
      : rest.reduce((left, right) => apply(left, [right], new Map(), context), first);
  };
}

/** Lists, where a list of lists stands for its members. */
function listsOf(terms: readonly Value[]): Value[][] {
  return terms.flatMap((term) => {
    if (!Array.isArray(term))
      return fail(`All arguments before the argument index must be lists, not ${typeName(term)}`);
    if (term.length === 0) return [];
    return term.every((each) => Array.isArray(each)) ? (term as Value[][]) : [term];
  });
}

function mergeBy(low: Value[], high: Value[], index: Value, recursive: boolean, listMerge: ListMerge): Value[] {
  const merged: Dict = new Map();
  for (const element of [...low, ...high]) {
    if (!(element instanceof Map))
      return fail(
        `Elements of list arguments for lists_mergeby must be dictionaries. ${pyStr(element)} is ${typeName(element)}`,
      );
    const key = dictGet(element, index);
    if (key === undefined) continue;
    const before = dictGet(merged, key);
    dictSet(merged, key, before instanceof Map ? mergeDicts(before, element, recursive, listMerge) : element);
  }
  return [...merged].sort(([a], [b]) => compare(a, b)).map(([, element]) => element);
}
