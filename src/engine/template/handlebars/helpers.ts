import type { HelperOptions } from 'handlebars';
import { Undefined, type Value } from '../../model/value.ts';
import { filterNames } from '../registry.ts';
import type { Context } from '../types.ts';
import { compare, contains, defined, equal, isIterable, iterate, pyStr, truthy } from '../values.ts';
import { fromView, toView } from './view.ts';

type Helper = (this: unknown, ...args: unknown[]) => unknown;
type Operation = (args: Value[], context: Context) => Value;

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['and', (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) ?? true],
  ['concat', (args) => args.map(pyStr).join('')],
  ['eq', ([a = null, b = null]) => equal(defined(a), defined(b))],
  ['ge', ([a = null, b = null]) => compare(a, b) >= 0],
  ['gt', ([a = null, b = null]) => compare(a, b) > 0],
  ['gte', ([a = null, b = null]) => compare(a, b) >= 0],
  ['in', ([item = null, container = null]) => contains(container, item)],
  ['le', ([a = null, b = null]) => compare(a, b) <= 0],
  ['lt', ([a = null, b = null]) => compare(a, b) < 0],
  ['lte', ([a = null, b = null]) => compare(a, b) <= 0],
  ['ne', ([a = null, b = null]) => !equal(defined(a), defined(b))],
  ['not', ([value = null]) => !isTrue(value)],
  ['or', (args) => args.find(isTrue) ?? args.at(-1) ?? false],
]);
const BUILT_IN = new Set(['if', 'unless', 'each', 'with', 'lookup', 'log', 'helperMissing', 'blockHelperMissing']);

/** All helpers by name: Ansible's filters (`{{upper name}}`, `{{join list ","}}`), comparisons, and the blocks. */
export function makeHelpers(context: Context): Record<string, Helper> {
  const helpers: Record<string, Helper> = Object.create(null);
  for (const name of filterNames()) {
    if (/^\w+$/.test(name) && !BUILT_IN.has(name))
      helpers[name] = helper(name, ([value = null, ...args], kwargs) => context.filter(name, value, args, kwargs));
  }
  for (const [name, operation] of OPERATIONS) helpers[name] = helper(name, (args) => operation(args, context));
  helpers['if'] = block((value) => isTrue(value));
  helpers['unless'] = block((value) => !isTrue(value));
  helpers['lookup'] = helper('lookup', ([container = null, key = null]) =>
    context.filter('extract', key, [container], new Map()),
  );
  helpers['each'] = each;
  return helpers;
}

function helper(name: string, call: (args: Value[], kwargs: Map<string, Value>) => Value): Helper {
  return function (this: unknown, ...given: unknown[]) {
    const options = given.pop() as Partial<HelperOptions>;
    // `{{hash}}` is the variable of that name where there is one: a filter is never used on nothing.
    if (given.length === 0) {
      const own = (this as Record<string, unknown> | null | undefined)?.[name];
      if (own !== undefined) return options.fn ? section.call(this, own, options) : own;
    }
    const args = given.map((arg, index) => fromView(arg, `argument ${index + 1} of ${name}`));
    const kwargs = new Map(
      Object.entries(options.hash as Record<string, unknown>).map(([key, arg]) => [key, fromView(arg, key)]),
    );
    return toView(call(args, kwargs));
  };
}

function block(holds: (value: Value) => boolean): Helper {
  return function (this: unknown, ...given: unknown[]) {
    const options = given.at(-1) as HelperOptions;
    return holds(fromView(given[0], 'the condition')) ? options.fn(this) : options.inverse(this);
  };
}

/** Members of a list, or entries of a dict in their order, with `@index`, `@key`, `@first` and `@last`. */
const each: Helper = function (this: unknown, ...given: unknown[]) {
  const options = given.pop() as HelperOptions;
  const value = fromView(given[0], 'what each goes through');
  if (value instanceof Undefined || !isIterable(value)) return options.inverse(this);
  const entries =
    value instanceof Map ? [...value] : iterate(value).map((item, index): [Value, Value] => [index, item]);
  if (entries.length === 0) return options.inverse(this);
  const parts = entries.map(([key, item], index) => {
    const data = { ...options.data, key: toView(key), index, first: index === 0, last: index === entries.length - 1 };
    return options.fn(toView(item), { data, blockParams: [toView(item), toView(key)] });
  });
  return parts.join('');
};

/** `{{#name}}...{{/name}}` for a variable that has the name of a filter. */
const section: Helper = function (this: unknown, view: unknown, options: unknown) {
  const value = fromView(view, 'the section');
  if (Array.isArray(value)) return each.call(this, view, options);
  const { fn, inverse } = options as HelperOptions;
  return isTrue(value) ? fn(value === true ? this : view) : inverse(this);
};

/** What is missing counts as false here, as Handlebars has it. */
function isTrue(value: Value): boolean {
  return !(value instanceof Undefined) && truthy(value);
}
