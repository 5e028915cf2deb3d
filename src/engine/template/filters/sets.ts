import { Undefined, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { dictHas, dictSet, equal, fail, isIterable, iterate, typeName } from '../values.ts';

// Ansible gives these in the order of a hash; here it is the order in which members come first.
export const filters: Filters = {
  difference(value, args, kwargs) {
    const items = iterate(value);
    const others = container(other(args, kwargs, 'difference'));
    return distinct(items.filter((item) => !others.has(item)));
  },
  intersect(value, args, kwargs) {
    const items = iterate(value);
    const others = container(other(args, kwargs, 'intersect'));
    return distinct(items.filter((item) => others.has(item)));
  },
  symmetric_difference(value, args, kwargs) {
    const [left, right] = [iterate(value), iterate(other(args, kwargs, 'symmetric_difference'))];
    const [inLeft, inRight] = [members(left), members(right)];
    return distinct([...left.filter((item) => !inRight.has(item)), ...right.filter((item) => !inLeft.has(item))]);
  },
  union(value, args, kwargs) {
    return distinct([...iterate(value), ...iterate(other(args, kwargs, 'union'))]);
  },
};

function other(args: readonly Value[], kwargs: ReadonlyMap<string, Value>, name: string): Value {
  return bind(args, kwargs, ['b'], name, 1).b ?? null;
}

/** What cannot be walked is only refused when something is looked for in it. */
function container(value: Value): { has(item: Value): boolean } {
  if (value instanceof Undefined || isIterable(value)) return members(value);
  return { has: () => fail(`argument of type '${typeName(value)}' is not iterable`) };
}

/** Membership by Python's equality: quick for scalars, by comparison for lists and dicts. */
function members(list: Value | readonly Value[]): { has(item: Value): boolean } {
  const scalars = new Map<Value, Value>();
  const nested: Value[] = [];
  for (const item of iterate(list as Value)) {
    if (isNested(item)) nested.push(item);
    else dictSet(scalars, item, true);
  }
  return { has: (item) => (isNested(item) ? nested.some((each) => equal(each, item)) : dictHas(scalars, item)) };
}

function distinct(items: readonly Value[]): Value[] {
  const seen = new Map<Value, Value>();
  const nested: Value[] = [];
  return items.filter((item) => {
    if (isNested(item)) {
      if (nested.some((each) => equal(each, item))) return false;
      nested.push(item);
      return true;
    }
    if (dictHas(seen, item)) return false;
    dictSet(seen, item, true);
    return true;
  });
}

function isNested(item: Value): boolean {
  return Array.isArray(item) || item instanceof Map;
}
