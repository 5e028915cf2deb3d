import { type Dict, tuple, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { dictGet, dictHas, dictKey, dictSet } from '../values/equal.ts';
import { fail } from '../values/fail.ts';
import { orElse } from '../values/presence.ts';
import { pyRepr } from '../values/repr.ts';
import { iterate } from '../values/sequence.ts';
import type { Method, Methods } from './types.ts';

type DictMethod = Method<Dict>;

const get: DictMethod = (dict, args, kwargs) => {
  const { key = null, default: fallback = null } = bind(args, kwargs, ['key', 'default'], 'get', 1);
  return orElse(dictGet(dict, key), () => fallback);
};

const pop: DictMethod = (dict, args, kwargs) => {
  const { key = null, default: fallback } = bind(args, kwargs, ['key', 'default'], 'pop', 1);
  const value = dictGet(dict, key);
  if (value === undefined) return orElse(fallback, () => fail(`KeyError: ${pyRepr(key)}`));
  dict.delete(dictKey(dict, key));
  return value;
};

const setdefault: DictMethod = (dict, args, kwargs) => {
  const { key = null, default: fallback = null } = bind(args, kwargs, ['key', 'default'], 'setdefault', 1);
  if (!dictHas(dict, key)) dictSet(dict, key, fallback);
  return dictGet(dict, key) ?? null;
};

const update: DictMethod = (dict, [other], kwargs) => {
  for (const [key, value] of other === undefined ? [] : pairs(other)) dictSet(dict, key, value);
  for (const [key, value] of kwargs) dict.set(key, value);
  return null;
};

const setItem: DictMethod = (dict, [key = null, value = null]) => {
  dictSet(dict, key, value);
  return null;
};

const popitem: DictMethod = (dict) => {
  const last = [...dict].at(-1);
  if (!last) return fail('KeyError: popitem(): dictionary is empty');
  dict.delete(last[0]);
  return tuple(last);
};

function clear(dict: Dict): null {
  dict.clear();
  return null;
}

/** The entries of a dict, or of a list of pairs. */
export function pairs(value: Value): [Value, Value][] {
  if (value instanceof Map) return [...value];
  return iterate(value).map((item, index) => {
    const pair = iterate(item);
    if (pair.length !== 2) {
      fail(`dictionary update sequence element #${index} has length ${pair.length}; 2 is required`);
    }
    return [pair[0] as Value, pair[1] as Value];
  });
}

export const DICT_METHODS: Methods<Dict> = new Map<string, DictMethod>([
  ['get', get],
  ['pop', pop],
  ['setdefault', setdefault],
  ['update', update],
  ['popitem', popitem],
  ['keys', (dict) => [...dict.keys()]],
  ['values', (dict) => [...dict.keys()].map((key) => dict.get(key) as Value)],
  ['items', (dict) => [...dict.keys()].map((key) => tuple([key, dict.get(key) as Value]))],
  ['copy', (dict) => new Map(dict)],
  ['clear', clear],
  // The one name with underscores that content calls: `set` of a template changes no member.
  ['__setitem__', setItem],
]);
