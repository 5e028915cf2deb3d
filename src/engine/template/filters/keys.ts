import type { Dict, Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { match } from '../regex.ts';
import type { Filters } from '../types.ts';
import { defined, dictGet, fail, pyStr, truthy } from '../values.ts';

/** Filters of ansible.utils that keep, drop or rename keys at any depth. */
export const filters: Filters = {
  keep_keys(value, args, kwargs) {
    const { target, matches } = options(value, args, kwargs, 'keep_keys');
    return keep(value, (key) => target.some((wanted) => matches(pyStr(wanted), key)));
  },
  remove_keys(value, args, kwargs) {
    const { target, matches } = options(value, args, kwargs, 'remove_keys');
    return remove(value, (key) => target.some((unwanted) => matches(pyStr(unwanted), key)));
  },
  replace_keys(value, args, kwargs) {
    const { target, matches } = options(value, args, kwargs, 'replace_keys');
    const renames = target.map((each) => {
      const [before, after] = each instanceof Map ? [dictGet(each, 'before'), dictGet(each, 'after')] : [];
      if (before === undefined || after === undefined)
        return fail("replace_keys: each target has 'before' and 'after'");
      return { before: pyStr(before), after };
    });
    return rename(value, (key) => renames.find(({ before }) => matches(before, key))?.after);
  },
};

type Matches = (wanted: string, key: string) => boolean;

const MATCHES: ReadonlyMap<string, Matches> = new Map<string, Matches>([
  ['ends_with', (wanted, key) => key.endsWith(wanted)],
  ['equality', (wanted, key) => key === wanted],
  ['regex', (wanted, key) => match(wanted, key) !== null],
  ['starts_with', (wanted, key) => key.startsWith(wanted)],
]);

function options(
  value: Value,
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
  filter: string,
): { target: Value[]; matches: Matches } {
  const { target = [], matching_parameter = 'equality' } = bind(
    args,
    kwargs,
    ['target', 'matching_parameter'],
    filter,
    1,
  );
  if (!Array.isArray(defined(value)) && !(value instanceof Map)) fail(`${filter}: the input is a list or a dict`);
  const name = pyStr(matching_parameter);
  const matches =
    MATCHES.get(name) ??
    fail(`${filter}: unknown matching_parameter '${name}'`, `known are ${[...MATCHES.keys()].join(', ')}`);
  return { target: Array.isArray(target) ? target : [target], matches };
}

function keep(value: Value, wanted: (key: string) => boolean): Value {
  if (Array.isArray(value)) return value.filter(isContainer).map((each) => keep(each, wanted));
  if (!(value instanceof Map)) return value;
  const kept: Dict = new Map();
  for (const [key, item] of value) {
    if (!Array.isArray(item) && !(item instanceof Map)) {
      if (wanted(pyStr(key))) kept.set(key, item);
      continue;
    }
    const inner = keep(item, wanted);
    const rest = Array.isArray(inner) ? inner.filter((each) => !isEmpty(each)) : inner;
    // Plain texts in a list are no keys, so a list of nothing else says nothing.
    if (Array.isArray(rest) && rest.every((each) => typeof each === 'string')) continue;
    if (!isEmpty(rest)) kept.set(key, rest);
  }
  return kept;
}

function isContainer(value: Value): boolean {
  return Array.isArray(value) || value instanceof Map;
}

function isEmpty(value: Value): boolean {
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

function remove(value: Value, unwanted: (key: string) => boolean): Value {
  if (Array.isArray(value)) return value.map((each) => remove(each, unwanted)).filter(truthy);
  if (!(value instanceof Map)) return value;
  const left = [...value].filter(([key]) => !unwanted(pyStr(key)));
  return new Map(left.map(([key, item]) => [key, remove(item, unwanted)]));
}

function rename(value: Value, nameFor: (key: string) => Value | undefined): Value {
  if (Array.isArray(value)) return value.map((each) => rename(each, nameFor));
  if (!(value instanceof Map)) return value;
  return new Map([...value].map(([key, item]) => [nameFor(pyStr(key)) ?? key, rename(item, nameFor)]));
}
