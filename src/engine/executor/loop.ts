import { TsplayError } from '../model/errors.ts';
import type { LoopControl, Task } from '../model/playbook.ts';
import { type Dict, OMIT, type Raw, type Scope, Undefined, type Value } from '../model/value.ts';
import { evaluate, queryLookup } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { toBoolean } from './keywords.ts';
import { asData } from './plain-data.ts';

/** The members of a task's loop, or undefined if it has none. */
export function loopItems(task: Task, scope: Scope): Value[] | undefined {
  return itemsOf(task, scope)?.map(asData);
}

function itemsOf(task: Task, scope: Scope): Value[] | undefined {
  if (task.with) return queryLookup(task.with.lookup, withTerms(task.with, scope), scope, withOptions(task));
  if (task.keywords.loop === undefined) return undefined;
  const items = evaluate(task.keywords.loop, scope);
  if (items instanceof Undefined) throw new TsplayError('undefined', items.message);
  if (Array.isArray(items)) return items;
  throw new TsplayError(
    'template',
    `Invalid data passed to 'loop', it requires a list, got this instead: ${pyStr(items)}. Hint: If you passed a list/dict of just one element, try adding wantlist=True to your lookup invocation or use q/query instead of lookup.`,
  );
}

/** `with_items: "{{ list }}"` gives the list's members; a dict stays one term. */
function withTerms({ lookup, terms }: NonNullable<Task['with']>, scope: Scope): Value[] {
  const value = isFirstFound(lookup) ? evaluateWhatCan(terms, scope) : evaluate(terms, scope);
  if (value instanceof Undefined) throw new TsplayError('undefined', value.message);
  if (Array.isArray(value)) return value.filter((term) => !(term instanceof Undefined));
  if (lookup !== 'list') return [value];
  throw new TsplayError('template', `with_list expects a list, got '${pyStr(value)}' instead`);
}

function isFirstFound(lookup: string): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?first_found$/.test(lookup);
}

/** Where first_found looks: in the folder that the task's own files stand in. */
function withOptions(task: Task): Map<string, Value> {
  return isFirstFound(task.with?.lookup ?? '')
    ? new Map([['_subdir', FOLDERS.get(task.action) ?? 'files']])
    : new Map();
}

const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['include_tasks', 'tasks'],
  ['include_vars', 'vars'],
  ['template', 'templates'],
]);

/** Evaluates; what needs something undefined is an Undefined in its place (first_found leaves such names out). */
function evaluateWhatCan(raw: Raw, scope: Scope): Value {
  if (Array.isArray(raw)) return raw.map((item) => evaluateWhatCan(item, scope));
  if (raw instanceof Map) return new Map([...raw].map(([key, item]) => [key, evaluateWhatCan(item as Raw, scope)]));
  try {
    return evaluate(raw, scope);
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'undefined') return new Undefined(error.message);
    throw error;
  }
}

export interface Turn {
  readonly item: Value;
  /** `item` (or `loop_var`), `ansible_loop_var`, `index_var`, `ansible_loop`. */
  readonly vars: Map<string, Raw>;
}

export interface LoopNames {
  readonly variable: string;
  readonly index: string | undefined;
  readonly extended: boolean;
  readonly allItems: boolean;
}

export function loopNames(control: LoopControl | undefined, scope: Scope): LoopNames {
  const text = (raw: Raw | undefined) => (raw === undefined ? undefined : evaluate(raw, scope));
  const extended = text(control?.extended);
  const allItems = text(control?.extended_allitems);
  const index = text(control?.index_var);
  return {
    variable: String(text(control?.loop_var) ?? 'item'),
    index: index === undefined || index === null ? undefined : String(index),
    extended: extended !== undefined && toBoolean(extended, 'extended'),
    allItems: allItems === undefined || toBoolean(allItems, 'extended_allitems'),
  };
}

/** Variables of one turn of a loop. */
export function turn(items: readonly Value[], position: number, names: LoopNames): Turn {
  const item = items[position]!;
  const vars = new Map<string, Raw>([
    [names.variable, item],
    ['ansible_loop_var', names.variable],
  ]);
  if (names.index) {
    vars.set(names.index, position);
    vars.set('ansible_index_var', names.index);
  }
  if (names.extended) vars.set('ansible_loop', extendedLoop(items, position, names.allItems));
  return { item, vars };
}

function extendedLoop(items: readonly Value[], at: number, allItems: boolean): Dict {
  const length = items.length;
  const loop: Dict = new Map<Value, Value>();
  if (allItems) loop.set('allitems', [...items]);
  const entries: [string, Value][] = [
    ['index', at + 1],
    ['index0', at],
    ['first', at === 0],
    ['last', at + 1 === length],
    ['length', length],
    ['revindex', length - at],
    ['revindex0', length - at - 1],
  ];
  for (const [name, value] of entries) loop.set(name, value);
  if (at + 1 < length) loop.set('nextitem', items[at + 1]!);
  if (at > 0) loop.set('previtem', items[at - 1]!);
  return loop;
}

/** What is printed of an item: `loop_control.label`, or the item itself. */
export function itemLabel(control: LoopControl | undefined, item: Value, scope: Scope): Value {
  if (control?.label === undefined) return item;
  const label = evaluate(control.label, scope);
  return label === OMIT ? item : label;
}
