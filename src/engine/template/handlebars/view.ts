import { Float, Undefined, type Value } from '../../model/value.ts';
import { dictGet, makeFloat, pyStr } from '../values.ts';

/** What a view stands for, so that helpers get the value itself back. */
const originals = new WeakMap<object, Value>();

/**
 * A value as Handlebars walks it: dicts as objects with nothing but their own keys, lists as arrays, both made when
 * they are looked at. Nothing of JavaScript's prototypes can be reached through it.
 */
export function toView(value: Value | undefined): unknown {
  if (value === undefined || value instanceof Undefined) return undefined;
  if (Array.isArray(value)) return remember(new Proxy(value, LIST), value);
  if (value instanceof Map)
    return viewOf(
      (key) => dictGet(value, key) ?? numberKey(value, key),
      () => [...value.keys()].map(pyStr),
      value,
    );
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  // A whole float prints its point.
  if (value instanceof Float && value.value !== 0) return remember(printed(pyStr(value)), value);
  if (value instanceof Float) return 0;
  return typeof value === 'object' ? undefined : value;
}

/** The value behind a view, or of what a helper was given in the template itself. */
export function fromView(view: unknown, name: string): Value {
  if (view === undefined) return new Undefined(`'${name}' is undefined`);
  if (view === null || typeof view === 'boolean' || typeof view === 'string' || typeof view === 'bigint') return view;
  if (typeof view === 'number') return Number.isInteger(view) ? view : makeFloat(view);
  const known = typeof view === 'object' ? originals.get(view) : undefined;
  if (known !== undefined) return known;
  return Array.isArray(view) ? view.map((each) => fromView(each, name)) : pyStr(String(view));
}

/** An object whose members are found by `get`. */
export function viewOf(get: (key: string) => Value | undefined, keys: () => string[], original?: Value): object {
  const view = new Proxy(Object.create(null) as object, {
    get: (_target, key) =>
      typeof key === 'string' ? toView(get(key)) : key === Symbol.toPrimitive ? () => 'the data' : undefined,
    has: (_target, key) => typeof key === 'string' && get(key) !== undefined,
    ownKeys: keys,
    getOwnPropertyDescriptor(_target, key) {
      const value = typeof key === 'string' ? get(key) : undefined;
      return value === undefined ? undefined : { value: toView(value), enumerable: true, configurable: true };
    },
    set: () => false,
    defineProperty: () => false,
  });
  return original === undefined ? view : remember(view, original);
}

const LIST: ProxyHandler<Value[]> = {
  get(list, key) {
    if (typeof key === 'string' && /^\d+$/.test(key)) return toView(list[Number(key)]);
    return key === 'length' ? list.length : key === Symbol.toPrimitive ? () => pyStr(list) : undefined;
  },
  has: (list, key) => key === 'length' || (typeof key === 'string' && Object.hasOwn(list, key)),
  set: () => false,
  defineProperty: () => false,
};

function numberKey(dict: Map<Value, Value>, key: string): Value | undefined {
  return /^-?\d+$/.test(key) ? dictGet(dict, Number(key)) : undefined;
}

function printed(text: string): object {
  const box = Object.create(null) as { toString: () => string };
  Object.defineProperty(box, 'toString', { value: () => text });
  return box;
}

function remember<View extends object>(view: View, original: Value): View {
  originals.set(view, original);
  return view;
}
