import { TsplayError } from '../../model/errors.ts';
import { type Callable, isTuple, LazyDict, type Scope, tuple, Undefined, type Value } from '../../model/value.ts';
import { GLOBALS } from '../globals.ts';
import { filterOf, lookupOf, testOf } from '../late.ts';
import { hasPlugin } from '../registry.ts';
import type { Context } from '../types.ts';
import { BrokenVariable } from '../values/fail.ts';
import { RunBudget } from './budget.ts';
import type { LoadTemplate } from './loader.ts';
import { Output } from './output.ts';
import { isNative, type ResultMode, resultOf } from './result.ts';

/** One evaluation of a template: what filters, tests, globals and lookups share. */
export class Run implements Context {
  readonly scope: Scope;
  readonly budget: RunBudget;
  readonly load: LoadTemplate | undefined;
  readonly mode: ResultMode;
  /** Whether the value made last is text on purpose, which is not read as a list or dict again. */
  isText = false;
  private globals: Map<string, Value> | undefined;
  private copies: Map<string, Value> | undefined;

  constructor(scope: Scope, load?: LoadTemplate, mode: ResultMode = 'text', budget = new RunBudget()) {
    this.scope = scope;
    this.load = load;
    this.mode = mode;
    this.budget = budget;
  }

  /** A run within this one that results in something else. */
  within(mode: ResultMode): Run {
    return new Run(this.scope, this.load, mode, this.budget);
  }

  output(): Output {
    // With jinja2_native a None prints so in files too.
    return new Output(isNative(this.scope) ? 'None' : '');
  }

  /** What a macro, block or template that printed this results in. */
  result(output: Output): Value {
    return resultOf(output, this.mode);
  }

  /** From here on variables are copied when read, so that a template changes its own copy only. */
  copyVariables(): void {
    this.copies ??= new Map();
  }

  resolve(name: string): Value {
    const copy = this.copies?.get(name);
    if (copy !== undefined) return copy;
    const value = this.variable(name);
    if (value === undefined) return this.global(name);
    if (!this.copies || typeof value !== 'object') return value;
    const fresh = copyDeep(value);
    this.copies.set(name, fresh);
    return fresh;
  }

  private variable(name: string): Value | undefined {
    try {
      return this.scope.get(name);
    } catch (error) {
      if (error instanceof TsplayError && error.kind === 'undefined') return new BrokenVariable(error);
      throw error;
    }
  }

  /** A global function, made for this run. */
  global(name: string): Value {
    const known = this.globals?.get(name);
    if (known !== undefined) return known;
    const make = GLOBALS.get(name);
    if (!make) return new Undefined(`'${name}' is undefined`);
    const value: Callable | Value = make(this);
    this.globals ??= new Map();
    this.globals.set(name, value);
    return value;
  }

  filter(name: string, value: Value, args: Value[], kwargs: Map<string, Value>): Value {
    this.budget.step();
    return filterOf(name, this.scope)(value, args, kwargs, this);
  }

  test(name: string, value: Value, args: Value[], kwargs: Map<string, Value>): boolean {
    this.budget.step();
    return testOf(name, this.scope)(value, args, kwargs, this);
  }

  has(kind: 'filter' | 'test', name: string): boolean {
    return hasPlugin(kind, name) || this.scope.world.plugins?.find(kind, name) !== undefined;
  }

  lookup(name: string, terms: Value[], options: Map<string, Value>): Value[] {
    return lookupOf(name, this.scope)(terms, options, this);
  }
}

/** Containers that stand in several places, or in themselves, do so in the copy. */
function copyDeep(value: Value, copies = new Map<Value, Value>()): Value {
  if (value instanceof LazyDict || (!Array.isArray(value) && !(value instanceof Map))) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: Value[] = [];
    copies.set(value, list);
    for (const item of value) list.push(copyDeep(item, copies));
    return isTuple(value) ? tuple(list) : list;
  }
  const dict = new Map<Value, Value>();
  copies.set(value, dict);
  for (const [key, item] of value) dict.set(key, copyDeep(item, copies));
  return dict;
}
