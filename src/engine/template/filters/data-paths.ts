import { Undefined, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Context, Filters } from '../types.ts';
import { defined, dictGet, dictHas, fail, isNumeric, itemAt, iterate, pyRepr, pyStr, truthy } from '../values.ts';

/** Filters of ansible.utils that find their way in nested data. */
export const filters: Filters = {
  get_path(value, args, kwargs) {
    const { path = '' } = bind(args, kwargs, ['path'], 'get_path', 1);
    return splitPath(pyStr(path)).reduce(member, value);
  },
  index_of(value, args, kwargs, context) {
    const names = ['test', 'value', 'key', 'fail_on_missing', 'wantlist'] as const;
    const given = bind(args, kwargs, names, 'index_of', 1);
    const { test = null, value: right = null, key = null, fail_on_missing = false, wantlist = false } = given;
    const found = listOf(value).flatMap((entry, index): Value[] => {
      if (key === null) return holds(pyStr(test), entry, right, context) ? [index] : [];
      if (!(entry instanceof Map)) return fail('index_of: with a key, all entries are dictionaries');
      if (dictHas(entry, key)) return holds(pyStr(test), dictGet(entry, key) ?? null, right, context) ? [index] : [];
      return truthy(fail_on_missing)
        ? fail(`index_of: '${pyStr(key)}' was not found in ${pyRepr(entry)} at [${index}]`)
        : [];
    });
    return found.length === 1 && !truthy(wantlist) ? (found[0] as Value) : found;
  },
  to_paths(value, args, kwargs) {
    const { prepend = null, wantlist = false } = bind(args, kwargs, ['prepend', 'wantlist'], 'to_paths');
    const paths = new Map<Value, Value>();
    // What has no members has no paths, and is given back.
    if (prepend === null && isEmpty(value)) return truthy(wantlist) ? [value] : value;
    collect(value, prepend === null ? '' : pyStr(prepend), paths);
    return truthy(wantlist) ? [paths] : paths;
  },
};

function isEmpty(value: Value): boolean {
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

/** `a.b[0]['c d'].e` as its steps. */
function splitPath(path: string): (string | number)[] {
  return Array.from(path.matchAll(/\[(-?\d+)\]|\[(["'])(.*?)\2\]|([^.[\]]+)/g), ([, index, , quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
}

function member(value: Value, step: string | number): Value {
  const number = typeof step === 'number' ? step : /^-?\d+$/.test(step) ? Number(step) : undefined;
  const found =
    value instanceof Map
      ? (dictGet(value, step) ?? (number === undefined ? undefined : dictGet(value, number)))
      : Array.isArray(value) && number !== undefined
        ? itemAt(value, number)
        : undefined;
  return found ?? new Undefined(`get_path: nothing at ${pyRepr(step)}`);
}

/** What an argument that is a list makes of other values: a text is cut at commas, a number is one member. */
function listOf(value: Value): readonly Value[] {
  if (Array.isArray(defined(value))) return value as Value[];
  if (typeof value === 'string') return value.split(',');
  return isNumeric(value) && typeof value !== 'boolean' ? [pyStr(value)] : iterate(value);
}

/** A test by name, turned round by `!` or `not` before it. */
function holds(test: string, entry: Value, right: Value, context: Context): boolean {
  const [, not, name = ''] = /^(!|not )?(.*)$/.exec(test)!;
  const asked = not === '!' && name === '=' ? '==' : name;
  const other = asked === 'in' && !Array.isArray(right) ? [right] : right;
  return context.test(asked, entry, right === null ? [] : [other], new Map()) !== (not !== undefined);
}

function collect(value: Value, path: string, paths: Map<Value, Value>): void {
  if (value instanceof Map && value.size > 0) {
    for (const [key, item] of value) collect(item, path + step(key, path), paths);
  } else if (Array.isArray(value) && value.length > 0) {
    for (const [index, item] of value.entries()) collect(item, `${path}[${index}]`, paths);
  } else {
    paths.set(path, value);
  }
}

function step(key: Value, path: string): string {
  if (typeof key !== 'string') return `[${pyStr(key)}]`;
  if (!/^[A-Za-z_]\w*$/.test(key)) return `['${key}']`;
  return path === '' ? key : `.${key}`;
}
