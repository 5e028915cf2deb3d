import { randomInt } from 'node:crypto';
import { tuple, type Value } from '../../model/value.ts';
import { product } from '../filters/lists.ts';
import { toBool } from '../filters/logic.ts';
import type { Lookups } from '../types.ts';
import { defined, dictGet, dictHas, fail, isIterable, iterate, pyRepr, pyStr, typeName } from '../values.ts';

export const lookups: Lookups = {
  cartesian(terms, _options, context) {
    if (terms.length === 0) fail('with_cartesian requires at least one element in each list');
    return product(terms.map(listOf), context).map((row) => flattenOnce(row));
  },
  dict(terms) {
    return terms.flatMap((term) => {
      if (!(defined(term) instanceof Map)) return fail(`with_dict expects a dict, got ${typeName(term)}`);
      return [...(term as Map<Value, Value>)].map(
        ([key, value]): Value =>
          new Map<Value, Value>([
            ['key', key],
            ['value', value],
          ]),
      );
    });
  },
  flattened: flattenTerms,
  indexed_items(terms) {
    if (terms.length === 1 && terms[0] instanceof Map) fail('with_indexed_items expects a list');
    return flattenOnce(terms).map((item, index) => tuple([index, item]));
  },
  items: (terms) => flattenOnce(terms),
  list: (terms) => terms,
  nested(terms, _options, context) {
    if (terms.length === 0) fail('with_nested requires at least one element in the nested list');
    return product(terms.map(listOf), context).map((row) => flattenOnce(row));
  },
  random_choice: (terms) => (terms.length === 0 ? [] : [terms[randomInt(terms.length)] as Value]),
  subelements(terms) {
    if (terms.length < 2 || terms.length > 3) fail('subelements lookup expects a list of two or three items');
    const [elements = null, path = null, flags = null] = terms;
    return subelements(elements, path, flags);
  },
  together(terms) {
    if (terms.length === 0) fail('with_together requires at least one element in each list');
    const lists = terms.map(listOf);
    const longest = Math.max(...lists.map((list) => list.length));
    return Array.from({ length: longest }, (_, row) => flattenOnce(lists.map((list) => list[row] ?? null)));
  },
};

/** All members of nested lists. What follows the word `None` or `null` in its list is left out, and text is trimmed, as there. */
function flattenTerms(terms: readonly Value[]): Value[] {
  const result: Value[] = [];
  for (const term of terms) {
    const inner = onlyMember(defined(term));
    if (inner === 'None' || inner === 'null') break;
    if (Array.isArray(inner)) result.push(...flattenTerms(inner));
    else result.push(typeof inner === 'string' ? inner.trim() : inner);
  }
  return result;
}

/** The member of a list of one, at any depth. */
function onlyMember(term: Value): Value {
  return Array.isArray(term) && term.length === 1 ? onlyMember(term[0] as Value) : term;
}

/** The members of lists that are members: one level. */
function flattenOnce(items: readonly Value[]): Value[] {
  return items.flatMap((item) => (Array.isArray(defined(item)) ? (item as Value[]) : [item]));
}

/** A term as a list; text is one member, a dict gives its keys. */
function listOf(term: Value): readonly Value[] {
  return typeof defined(term) !== 'string' && isIterable(term) ? iterate(term) : [term];
}

function subelements(elements: Value, path: Value, flags: Value): Value[] {
  if (typeof path !== 'string') {
    return fail(
      'subelements lookup expects a list of two or three items, first a dict or a list, second a string pointing to the subkey',
    );
  }
  if (flags !== null && !(flags instanceof Map) && !isFlagList(flags)) {
    fail(
      'subelements lookup expects a list of two or three items, the optional third item must be a dict with flags skip_missing',
    );
  }
  if (elements instanceof Map && isSkipped(elements)) return [];
  const skipMissing = flags instanceof Map && toBool(dictGet(flags, 'skip_missing') ?? false) === true;
  const list = elements instanceof Map ? [...elements.values()] : listOf(elements);
  return list.flatMap((element) => {
    if (!(element instanceof Map)) return fail(`subelements lookup expects a dictionary, got '${pyStr(element)}'`);
    if (isSkipped(element)) return [];
    const keys = path.split('.');
    const rest = without(element, keys);
    return walk(element, keys, skipMissing).map((member) => tuple([rest, member]));
  });
}

function isFlagList(flags: Value): boolean {
  return Array.isArray(flags) && flags.every((flag) => flag === 'skip_missing');
}

/** The element without the list that was taken from it, as Ansible gives it. */
function without(element: Map<Value, Value>, [key = '', ...deeper]: readonly string[]): Map<Value, Value> {
  const copy = new Map(element);
  const inner = dictGet(element, key);
  if (deeper.length === 0) copy.delete(key);
  else if (inner instanceof Map) copy.set(key, without(inner, deeper));
  return copy;
}

function isSkipped(element: Map<Value, Value>): boolean {
  return (dictGet(element, 'skipped') ?? false) !== false;
}

function walk(element: Map<Value, Value>, path: readonly string[], skipMissing: boolean): Value[] {
  let value: Value = element;
  for (const key of path) {
    if (!(value instanceof Map)) {
      return skipMissing ? [] : fail(`the key ${key} should point to a dictionary, got '${pyRepr(value)}'`);
    }
    if (!dictHas(value, key)) {
      return skipMissing ? [] : fail(`could not find '${key}' key in iterated item '${pyRepr(value)}'`);
    }
    value = dictGet(value, key) ?? null;
  }
  return Array.isArray(value) ? value : fail(`the key ${path.at(-1)} should point to a list, got '${pyRepr(value)}'`);
}
