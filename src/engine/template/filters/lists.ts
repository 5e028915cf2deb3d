import { tuple, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Context, Filters } from '../types.ts';
import { defined, dictGet, dictHas, fail, iterate, pyRepr, pyStr, toIndex, truthy, typeName } from '../values.ts';

export const filters: Filters = {
  combinations(value, args, kwargs, context) {
    const { r = null } = bind(args, kwargs, ['r'], 'combinations', 1);
    return collect(pick(iterate(value), toIndex(r)), context);
  },
  permutations(value, args, kwargs, context) {
    const { r = null } = bind(args, kwargs, ['r'], 'permutations');
    const items = iterate(value);
    return collect(arrange(items, r === null ? items.length : toIndex(r)), context);
  },
  product(value, args, kwargs, context) {
    const repeat = toIndex(kwargs.get('repeat') ?? 1);
    const lists = [value, ...args].map(iterate);
    return product(Array.from({ length: repeat }, () => lists).flat(), context).map((row) => tuple(row));
  },
  subelements(value, args, kwargs) {
    const { subelements = null, skip_missing = false } = bind(
      args,
      kwargs,
      ['subelements', 'skip_missing'],
      'subelements',
      1,
    );
    const elements = defined(value) instanceof Map ? [...(value as Map<Value, Value>).values()] : value;
    if (!Array.isArray(elements)) return fail('obj must be a list of dicts or a nested dict');
    const path = typeof subelements === 'string' ? subelements.split('.') : subelements;
    if (!Array.isArray(path)) return fail('subelements must be a list or a string');
    return elements.flatMap((element) =>
      findSubelements(element, path, truthy(skip_missing)).map((member) => tuple([element, member])),
    );
  },
  zip(value, args) {
    const lists = [value, ...args].map(iterate);
    return transpose(lists, Math.min(...lists.map((list) => list.length)), null);
  },
  zip_longest(value, args, kwargs) {
    const lists = [value, ...args].map(iterate);
    return transpose(lists, Math.max(...lists.map((list) => list.length)), kwargs.get('fillvalue') ?? null);
  },
};

/** All ways to take one member of each list; the last list turns fastest. */
export function product(lists: readonly (readonly Value[])[], { budget }: Context): Value[][] {
  budget.grow(lists.reduce((count, list) => count * list.length, 1) * lists.length);
  return lists.reduce<Value[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
}

function transpose(lists: readonly (readonly Value[])[], length: number, fill: Value): Value[] {
  return Array.from({ length }, (_, row) =>
    tuple(lists.map((list) => (row < list.length ? (list[row] as Value) : fill))),
  );
}

/** Each choice of `count` members, in the order they stand. */
function* pick(items: readonly Value[], count: number, from = 0): Generator<Value[]> {
  if (count <= 0) return yield [];
  for (let at = from; at <= items.length - count; at++) {
    for (const rest of pick(items, count - 1, at + 1)) yield [items[at] as Value, ...rest];
  }
}

/** Each order of each choice of `count` members. */
function* arrange(items: readonly Value[], count: number): Generator<Value[]> {
  if (count <= 0) return yield [];
  for (const [at, item] of items.entries()) {
    for (const rest of arrange(items.toSpliced(at, 1), count - 1)) yield [item, ...rest];
  }
}

function collect(choices: Iterable<Value[]>, { budget }: Context): Value[] {
  const found: Value[] = [];
  for (const choice of choices) {
    budget.grow(choice.length + 1);
    found.push(tuple(choice));
  }
  return found;
}

function findSubelements(element: Value, path: readonly Value[], skipMissing: boolean): Value[] {
  let values: Value = element;
  for (const key of path) {
    if (!(values instanceof Map))
      return fail(`the key ${pyStr(key)} should point to a dictionary, got '${pyStr(values)}'`);
    if (!dictHas(values, key)) {
      if (skipMissing) return [];
      return fail(`could not find ${pyRepr(key)} key in iterated item ${pyRepr(values)}`);
    }
    values = dictGet(values, key) ?? null;
  }
  if (Array.isArray(values)) return values;
  return fail(
    `the key ${pyRepr(path.at(-1) ?? null)} should point to a list, got ${pyRepr(values)}`,
    `it is a ${typeName(values)}`,
  );
}
