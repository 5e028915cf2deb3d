import { Callable, Float, OMIT, Undefined, type Value } from '../model/value.ts';
import { pairs } from './methods/dict.ts';
import { Cycler, Namespace } from './objects.ts';
import { bind } from './params.ts';
import { queryLookup } from './query.ts';
import type { Context } from './types.ts';
import { DateTime } from './values/datetime.ts';
import { dictSet } from './values/equal.ts';
import { fail } from './values/fail.ts';
import { pyStr } from './values/repr.ts';
import { strftime } from './values/strftime.ts';
import { truthy } from './values/truth.ts';
import { toIndex } from './values/types.ts';

type Call = (args: Value[], kwargs: Map<string, Value>, context: Context) => Value;

function range(args: Value[], kwargs: Map<string, Value>, { budget }: Context): Value {
  if (kwargs.size) fail('range() takes no keyword arguments');
  if (args.length === 0 || args.length > 3) fail(`range expected 1 to 3 arguments, got ${args.length}`);
  if (args.some((arg) => arg instanceof Float)) fail("'float' object cannot be interpreted as an integer");
  const [first = 0, second, third = 1] = args.map(toIndex);
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (third === 0) fail('range() arg 3 must not be zero');
  const size = Math.max(0, Math.ceil((stop - start) / third));
  budget.step(size);
  budget.grow(size);
  return Array.from({ length: size }, (_, index) => start + index * third);
}

function makeDict([source, ...more]: Value[], kwargs: Map<string, Value>): Value {
  if (more.length) fail(`dict expected at most 1 argument, got ${more.length + 1}`);
  const dict = new Map<Value, Value>();
  for (const [key, value] of source === undefined ? [] : pairs(source)) dictSet(dict, key, value);
  for (const [key, value] of kwargs) dict.set(key, value);
  return dict;
}

function makeNamespace([source]: Value[], kwargs: Map<string, Value>): Value {
  const values = new Map<string, Value>();
  for (const [key, value] of source === undefined ? [] : pairs(source)) values.set(pyStr(key), value);
  for (const [key, value] of kwargs) values.set(key, value);
  return new Namespace(values);
}

/** Gives the separator each time but the first. */
function joiner(args: Value[], kwargs: Map<string, Value>): Value {
  const { sep = ', ' } = bind(args, kwargs, ['sep'], 'joiner');
  let used = false;
  return new Callable('joiner', () => {
    if (used) return sep;
    used = true;
    return '';
  });
}

function now(args: Value[], kwargs: Map<string, Value>): Value {
  const { utc = false, fmt = null } = bind(args, kwargs, ['utc', 'fmt'], 'now');
  const date = DateTime.from(new Date(), truthy(utc));
  return fmt === null || fmt === '' ? date : strftime(date.parts, pyStr(fmt));
}

function undef(args: Value[], kwargs: Map<string, Value>): Value {
  const { hint = null } = bind(args, kwargs, ['hint'], 'undef');
  const text = hint === null || hint === '' || hint instanceof Undefined ? undefined : pyStr(hint);
  return new Undefined(text ?? 'Mandatory variable has not been overridden');
}

const LOREM =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(
    ' ',
  );

/** Filler text of `n` paragraphs. */
function lipsum(args: Value[], kwargs: Map<string, Value>, { budget }: Context): Value {
  const names = ['n', 'html', 'min', 'max'] as const;
  const { n = 5, html = true, min = 20, max = 100 } = bind(args, kwargs, names, 'lipsum');
  const words = Math.max(1, Math.round((toIndex(min) + toIndex(max)) / 2));
  budget.grow(words * toIndex(n) * 8);
  const text = Array.from({ length: words }, (_, index) => LOREM[index % LOREM.length]).join(' ');
  const paragraph = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  const paragraphs = Array.from({ length: toIndex(n) }, () => (truthy(html) ? `<p>${paragraph}</p>` : paragraph));
  return paragraphs.join(truthy(html) ? '\n' : '\n\n');
}

function lookup([name, ...terms]: Value[], kwargs: Map<string, Value>, context: Context): Value {
  if (name === undefined) return fail("lookup() missing 1 required positional argument: 'name'");
  const options = new Map(kwargs);
  const wantList = truthy(options.get('wantlist') ?? false);
  options.delete('wantlist');
  const found = queryLookup(pyStr(name), terms, options, context);
  if (found === null) return wantList ? [] : null;
  if (wantList) return found;
  if (found.length === 0) return found;
  if (found.every((item) => typeof item === 'string')) return found.join(',');
  return found.length === 1 ? (found[0] as Value) : found;
}

function query(args: Value[], kwargs: Map<string, Value>, context: Context): Value {
  return lookup(args, new Map([...kwargs, ['wantlist', true]]), context);
}

const FUNCTIONS: Readonly<Record<string, Call>> = {
  range,
  dict: makeDict,
  namespace: makeNamespace,
  cycler: (args) => new Cycler(args),
  joiner,
  lipsum,
  now,
  undef,
  lookup,
  query,
  q: query,
};

/** Names that every template knows, unless a variable has the name; each is made for one run. */
export const GLOBALS: ReadonlyMap<string, (context: Context) => Value> = new Map<string, (context: Context) => Value>([
  ['omit', () => OMIT],
  ...Object.entries(FUNCTIONS).map(
    ([name, call]) =>
      [name, (context: Context) => new Callable(name, (args, kwargs) => call(args, kwargs, context))] as const,
  ),
]);
