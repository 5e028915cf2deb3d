import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Context, Filter, Filters } from '../types.ts';
import { fail, iterate, pyStr, truthy } from '../values.ts';
import { attributeGetter } from './jinja-attribute.ts';

/** Jinja2's filters that apply a test or another filter to each item. */
export const filters: Filters = {
  map(value, args, kwargs, context) {
    const items = itemsOf(value);
    if (items.length === 0) return [];
    context.budget.step(items.length);
    const apply = mapper(args, kwargs, context);
    return items.map(apply);
  },
  select: chooser(false, true),
  reject: chooser(false, false),
  selectattr: chooser(true, true),
  rejectattr: chooser(true, false),
};

/** Whatever is false has no items for these filters. */
function itemsOf(value: Value): readonly Value[] {
  return truthy(value) ? iterate(value) : [];
}

/** `map(attribute='x')` reads an attribute; `map('name', ...)` applies a filter. */
function mapper(args: Value[], kwargs: Map<string, Value>, context: Context): (item: Value) => Value {
  if (args.length === 0 && kwargs.has('attribute')) {
    const { attribute = null, default: missing } = bind([], kwargs, ['attribute', 'default'], 'map');
    return attributeGetter(attribute, missing);
  }
  const [name, ...rest] = args;
  if (name === undefined) fail('map requires a filter argument');
  return (item) => context.filter(pyStr(name as Value), item, [...rest], kwargs);
}

function chooser(byAttribute: boolean, wanted: boolean): Filter {
  return (value, args, kwargs, context) => {
    const [attribute, name, ...rest] = byAttribute ? args : [null, ...args];
    if (attribute === undefined) fail('Missing parameter for attribute name');
    const get = attributeGetter(attribute as Value);
    const holds = (item: Value): boolean =>
      name === undefined ? truthy(item) : context.test(pyStr(name), item, [...rest], kwargs);
    const items = itemsOf(value);
    context.budget.step(items.length);
    return items.filter((item) => holds(get(item)) === wanted);
  };
}
