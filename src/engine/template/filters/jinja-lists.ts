import { isTuple, tuple, Undefined, type Value } from '../../model/value.ts';
import { getAttribute, MUTATORS } from '../access.ts';
import { bind } from '../params.ts';
import type { Filter, Filters } from '../types.ts';
import { Undecrypted } from '../values/undecrypted.ts';
import {
  checkSize,
  compare,
  defined,
  dictGet,
  dictSet,
  equal,
  fail,
  iterate,
  length,
  namedTuple,
  orElse,
  pyRepr,
  pyStr,
  sortValues,
  truthy,
  typeName,
} from '../values.ts';
import { amount, attributeGetter, attributeKeys, folded } from './jinja-attribute.ts';

const count: Filter = (value) => length(value);

/** Jinja2's filters for lists and dicts. */
export const filters: Filters = {
  attr(value, args, kwargs) {
    const { name = '' } = bind(args, kwargs, ['name'], 'attr', 1);
    const text = pyStr(name);
    return MUTATORS.has(text)
      ? fail(`method '${text}' cannot be reached by the attr filter`)
      : getAttribute(value, text);
  },
  batch(value, args, kwargs, { budget }) {
    const bound = bind(args, kwargs, ['linecount', 'fill_with'], 'batch', 1);
    const { linecount = 1, fill_with = null } = bound;
    const size = Math.max(1, amount(linecount, 'linecount'));
    budget.grow(fill_with === null ? 0 : size);
    const items = iterate(value);
    const rows: Value[][] = [];
    for (let at = 0; at < items.length; at += size) rows.push(items.slice(at, at + size));
    const last = rows.at(-1);
    if (last && fill_with !== null) while (last.length < size) last.push(fill_with);
    return rows;
  },
  count,
  length: count,
  default: fallback,
  d: fallback,
  dictsort(value, args, kwargs) {
    const bound = bind(args, kwargs, ['case_sensitive', 'by', 'reverse'], 'dictsort');
    const { case_sensitive = false, by = 'key', reverse = false } = bound;
    if (by !== 'key' && by !== 'value') fail('You can only sort by either "key" or "value"');
    if (!(defined(value) instanceof Map)) fail(`'${typeName(value)}' object has no attribute 'items'`);
    const items = [...(value as Map<Value, Value>)].map((entry) => tuple([...entry]));
    const key = (item: Value): Value => (item as Value[])[by === 'key' ? 0 : 1] as Value;
    return sortValues(items as Value[], folded(truthy(case_sensitive), key), truthy(reverse));
  },
  first(value) {
    return orElse(iterate(value)[0], () => new Undefined('No first item, sequence was empty.'));
  },
  last(value) {
    return orElse(iterate(value).at(-1), () => new Undefined('No last item, sequence was empty.'));
  },
  groupby(value, args, kwargs, { budget }) {
    const names = ['attribute', 'default', 'case_sensitive'] as const;
    const { attribute = null, default: missing, case_sensitive = false } = bind(args, kwargs, names, 'groupby', 1);
    const get = attributeGetter(attribute, missing);
    const key = folded(truthy(case_sensitive), get);
    budget.step(length(value));
    return groups(sortValues(iterate(value), key), key).map((items) =>
      namedTuple([get(items[0] as Value), items], ['grouper', 'list']),
    );
  },
  items(value) {
    if (value instanceof Undefined) return [];
    if (!(value instanceof Map)) return fail('Can only get item pairs from a mapping.');
    return [...value.keys()].map((key) => tuple([key, value.get(key) as Value]));
  },
  join(value, args, kwargs) {
    const { d = '', attribute = null } = bind(args, kwargs, ['d', 'attribute'], 'join');
    const get = attributeGetter(attribute);
    const texts = iterate(value).map((item) => pyStr(get(item)));
    const separator = pyStr(d);
    checkSize(texts.reduce((size, text) => size + text.length + separator.length, 0));
    return texts.join(separator);
  },
  list: (value) => [...iterate(value)],
  max: (value, args, kwargs) => extreme(value, args, kwargs, 1),
  min: (value, args, kwargs) => extreme(value, args, kwargs, -1),
  slice(value, args, kwargs, { budget }) {
    const { slices = 1, fill_with = null } = bind(args, kwargs, ['slices', 'fill_with'], 'slice', 1);
    const count = Math.max(1, amount(slices, 'slices'));
    budget.grow(count);
    return columns([...iterate(value)], count, fill_with);
  },
  sort(value, args, kwargs, { budget }) {
    const names = ['reverse', 'case_sensitive', 'attribute'] as const;
    const { reverse = false, case_sensitive = false, attribute = null } = bind(args, kwargs, names, 'sort');
    const items = iterate(value);
    budget.step(items.length);
    return sortValues(items, folded(truthy(case_sensitive), attributeKeys(attribute)), truthy(reverse));
  },
  unique(value, args, kwargs, { budget }) {
    const bound = bind(args, kwargs, ['case_sensitive', 'attribute'], 'unique');
    const { case_sensitive = false, attribute = null } = bound;
    const items = iterate(value);
    budget.step(items.length);
    const chosen = bound.case_sensitive === false || attribute !== null;
    const keyOf = folded(truthy(case_sensitive), attributeGetter(attribute));
    if (chosen && items.map(keyOf).some((key) => key instanceof Map || (Array.isArray(key) && !isTuple(key)))) {
      fail('unique: with case_sensitive or attribute the keys must be scalars; here one cannot fall back to comparing');
    }
    return distinct(items, keyOf);
  },
};

function fallback(value: Value, args: Value[], kwargs: Map<string, Value>): Value {
  const { default_value = '', boolean = false } = bind(args, kwargs, ['default_value', 'boolean'], 'default');
  if (value instanceof Undecrypted) return defined(value);
  if (value instanceof Undefined) return default_value;
  return truthy(boolean) && !truthy(value) ? default_value : value;
}

function extreme(value: Value, args: Value[], kwargs: Map<string, Value>, sign: number): Value {
  const { case_sensitive = false, attribute = null } = bind(args, kwargs, ['case_sensitive', 'attribute'], 'max');
  const key = folded(truthy(case_sensitive), attributeGetter(attribute));
  const [first, ...rest] = iterate(value);
  if (first === undefined) return new Undefined('No aggregated item, sequence was empty.');
  return rest.reduce(
    (best, item) => (compare(key(item), key(best), sign > 0 ? '>' : '<') * sign > 0 ? item : best),
    first,
  );
}

/** Runs of neighbours with equal keys. */
function groups(items: readonly Value[], key: (item: Value) => Value): Value[][] {
  const result: Value[][] = [];
  for (const item of items) {
    const group = result.at(-1);
    if (group && equal(key(group[0] as Value), key(item))) group.push(item);
    else result.push([item]);
  }
  return result;
}

function columns(items: Value[], count: number, fill: Value): Value {
  const [size, longer] = [Math.floor(items.length / count), items.length % count];
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    const column = items.slice(at, (at += size + (index < longer ? 1 : 0)));
    if (fill !== null && index >= longer) column.push(fill);
    return column;
  });
}

/** The first item of each key. Lists and dicts as keys are compared by how they print. */
export function distinct(items: readonly Value[], key: (item: Value) => Value): Value[] {
  const seen = new Map<Value, Value>();
  return items.filter((item) => {
    const value = key(item);
    const mark = typeof value === 'object' && value !== null ? pyRepr(value) : value;
    if (dictGet(seen, mark) !== undefined) return false;
    dictSet(seen, mark, true);
    return true;
  });
}
