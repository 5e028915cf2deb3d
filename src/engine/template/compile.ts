import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { Deferred, isTuple, LazyDict, OMIT, type Raw, type Scope, tuple, type Value } from '../model/value.ts';
import { Condition } from './condition.ts';
import { loaderFor } from './files.ts';
import { queryLookup as query } from './query.ts';
import { Run } from './runtime/run.ts';
import { Template } from './template.ts';

export { Condition } from './condition.ts';
export { type RenderOptions, renderTemplate } from './render.ts';
export { Template } from './template.ts';

/** True where a text holds a delimiter of Jinja2, or a line that names others. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#') || text.startsWith('#jinja2:');
}

/** A string of trusted YAML: itself where it holds no template, else a Template, which is compiled when first evaluated. */
export function compileText(text: string, position?: Position): Raw {
  return isTemplate(text) ? new Template(text, position) : text;
}

/** An expression without delimiters (`when`, `until`); its evaluation throws where the result is undefined. */
export function compileExpression(text: string, position?: Position): Condition {
  return new Condition(text, position);
}

/** Compiles all strings inside; the same object where none is a template. Keys of dicts are left alone. */
export function compileRaw(value: Raw, position?: Position): Raw {
  if (typeof value === 'string') return compileText(value, position);
  return mapInside(value, (inner) => compileRaw(inner, position));
}

/** Evaluates whatever is deferred, at any depth; the same object where nothing is. */
export function evaluate(raw: Raw, scope: Scope): Value {
  if (typeof raw !== 'object' || raw === null) return raw;
  if (raw instanceof Deferred) return raw.evaluate(scope);
  if (inert.has(raw)) return raw as Value;
  const value = mapInside(raw, (inner) => evaluate(inner, scope)) as Value;
  // Big data from hosts is walked once, not each time it is read.
  if (value === raw) inert.add(raw);
  return value;
}

/** Like `evaluate`, but a template that uses something undefined stays as its text, as `hostvars` shows it. */
export function evaluateKnown(raw: Raw, scope: Scope): Value {
  if (raw instanceof Deferred) {
    try {
      return raw.evaluate(scope);
    } catch (error) {
      if (error instanceof TsplayError && error.kind === 'undefined') return raw.text;
      throw error;
    }
  }
  return mapInside(raw, (inner) => evaluateKnown(inner, scope)) as Value;
}

const inert = new WeakSet<object>();

/** Applies `change` to the members of a list or dict; the same object where none changed. */
function mapInside(raw: Raw, change: (inner: Raw) => Raw): Raw {
  if (Array.isArray(raw)) {
    const items = raw.map(change);
    if (items.every((item, index) => item === raw[index])) return raw;
    return isTuple(raw as Value) ? tuple(items as Value[]) : items;
  }
  if (!(raw instanceof Map) || raw instanceof LazyDict) return raw;
  let changed = false;
  const copy = new Map<Value, Raw>();
  for (const [key, inner] of raw as Map<Value, Raw>) {
    const value = change(inner);
    if (value !== inner) changed = true;
    copy.set(key, value);
  }
  return changed ? copy : raw;
}

/** Removes the entries that are `omit` from a list or dict, at any depth; the same object where there are none. */
export function withoutOmit(value: Value): Value {
  if (Array.isArray(value)) {
    const kept = value.filter((item) => item !== OMIT).map(withoutOmit);
    return kept.length === value.length && kept.every((item, index) => item === value[index]) ? value : kept;
  }
  if (!(value instanceof Map) || value instanceof LazyDict) return value;
  const kept = Array.from(value)
    .filter(([, item]) => item !== OMIT)
    .map(([key, item]) => [key, withoutOmit(item)] as const);
  const same = kept.length === value.size && kept.every(([key, item]) => item === value.get(key));
  return same ? value : new Map(kept);
}

/** Runs a lookup by name, as `with_NAME` does; the answer is a list, empty where a failure is to be ignored. */
export function queryLookup(
  name: string,
  terms: Value[],
  scope: Scope,
  options: ReadonlyMap<string, Value> = new Map(),
): Value[] {
  return query(name, terms, options, new Run(scope, loaderFor(scope))) ?? [];
}
