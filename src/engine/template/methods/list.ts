import { isTuple, tuple, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { equal } from '../values/equal.ts';
import { fail } from '../values/fail.ts';
import { iterate } from '../values/sequence.ts';
import { sortValues } from '../values/sort.ts';
import { truthy } from '../values/truth.ts';
import { toIndex } from '../values/types.ts';
import type { Method, Methods } from './types.ts';

type ListMethod = Method<Value[]>;

const position: ListMethod = (list, args, kwargs) => {
  const { value = null, start = 0, stop = list.length } = bind(args, kwargs, ['value', 'start', 'stop'], 'index', 1);
  const [from, to] = [toIndex(start), toIndex(stop)].map((at) => (at < 0 ? Math.max(at + list.length, 0) : at));
  const found = list.findIndex((item, at) => at >= (from ?? 0) && at < (to ?? list.length) && equal(item, value));
  return found < 0 ? fail('list.index(x): x not in list') : found;
};

const count: ListMethod = (list, args, kwargs) => {
  const { value = null } = bind(args, kwargs, ['value'], 'count', 1);
  return list.filter((item) => equal(item, value)).length;
};

/** What lists and tuples share. */
export const TUPLE_METHODS: Methods<Value[]> = new Map([
  ['index', position],
  ['count', count],
]);

const append: ListMethod = (list, args, kwargs) => {
  const { object = null } = bind(args, kwargs, ['object'], 'append', 1);
  list.push(object);
  return null;
};

const extend: ListMethod = (list, args, kwargs) => {
  const { iterable = null } = bind(args, kwargs, ['iterable'], 'extend', 1);
  for (const item of [...iterate(iterable)]) list.push(item);
  return null;
};

const insert: ListMethod = (list, args, kwargs) => {
  const { index = 0, object = null } = bind(args, kwargs, ['index', 'object'], 'insert', 2);
  list.splice(toIndex(index), 0, object);
  return null;
};

const pop: ListMethod = (list, args, kwargs) => {
  const { index = -1 } = bind(args, kwargs, ['index'], 'pop');
  if (list.length === 0) fail('pop from empty list');
  const at = toIndex(index);
  if (at >= list.length || at < -list.length) fail('pop index out of range');
  return list.splice(at, 1)[0] ?? null;
};

const remove: ListMethod = (list, args, kwargs) => {
  const { value = null } = bind(args, kwargs, ['value'], 'remove', 1);
  const at = list.findIndex((item) => equal(item, value));
  if (at < 0) fail('list.remove(x): x not in list');
  list.splice(at, 1);
  return null;
};

const sort: ListMethod = (list, args, kwargs) => {
  const { reverse = false } = bind(args, kwargs, ['reverse'], 'sort');
  const sorted = sortValues(list, (item) => item, truthy(reverse));
  for (const [index, item] of sorted.entries()) list[index] = item;
  return null;
};

function reverse(list: Value[]): null {
  list.reverse();
  return null;
}

function clear(list: Value[]): null {
  list.splice(0);
  return null;
}

export const LIST_METHODS: Methods<Value[]> = new Map<string, ListMethod>([
  ...TUPLE_METHODS,
  ['append', append],
  ['extend', extend],
  ['insert', insert],
  ['pop', pop],
  ['remove', remove],
  ['sort', sort],
  ['copy', (list) => (isTuple(list) ? tuple([...list]) : [...list])],
  ['reverse', reverse],
  ['clear', clear],
]);
