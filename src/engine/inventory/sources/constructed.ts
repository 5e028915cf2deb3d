import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Position } from '../../model/source.ts';
import type { Scope, Value } from '../../model/value.ts';
import { compileExpression, compileText, evaluate } from '../../template/compile.ts';
import { pyStr, truthy } from '../../template/values.ts';
import { toValue } from '../../yaml/to-value.ts';
import type { YamlMap } from '../../yaml/types.ts';
import { addChild, ensureGroup, joinGroup, reconcile } from '../edit.ts';
import { safeGroupName } from '../group-names.ts';
import { failSource, type SourceContext } from './source.ts';

/** Names that make a YAML source one that computes groups and variables of the hosts which earlier sources named. */
export const CONSTRUCTED: readonly unknown[] = ['constructed', 'ansible.builtin.constructed'];

/** Gives a host's variables as they are so far. */
export type ScopeOf = (inventory: Inventory, host: string) => Scope;

interface Config {
  /** Whether an expression that cannot be evaluated is an error; else it counts for nothing. */
  readonly strict: boolean;
  /** Whether a group's name begins with the separator where there is no prefix. */
  readonly leadingSeparator: boolean;
  readonly position: Position;
}

/** Sets variables (`compose`), and puts hosts into groups by conditions (`groups`) and by values (`keyed_groups`). */
export function readConstructed({ inventory }: SourceContext, node: YamlMap, scopeOf: ScopeOf): void {
  reconcile(inventory);
  const given = toValue(node) as Map<Value, Value>;
  const config: Config = {
    strict: truthy(given.get('strict') ?? false),
    leadingSeparator: truthy(given.get('leading_separator') ?? true),
    position: node.position,
  };
  for (const host of [...inventory.hosts.keys()]) {
    for (const [name, text] of entries(given.get('compose'))) {
      const value = computed(text, scopeOf(inventory, host), config);
      if (value !== undefined) inventory.hosts.get(host)!.vars.set(pyStr(name), value);
    }
    const scope = scopeOf(inventory, host);
    for (const [name, text] of entries(given.get('groups'))) {
      if (truthy(computed(text, scope, config) ?? false)) join(inventory, host, safeGroupName(pyStr(name)));
    }
    const keyed = given.get('keyed_groups');
    for (const entry of Array.isArray(keyed) ? keyed : []) joinKeyed(inventory, host, entry, scope, config);
  }
}

function entries(value: Value | undefined): Iterable<[Value, Value]> {
  return value instanceof Map ? value : [];
}

/** The value of an expression, or undefined where it has none and that is no error. */
function computed(text: Value, scope: Scope, { strict, position }: Config): Value | undefined {
  try {
    return evaluate(compileExpression(pyStr(text), position), scope);
  } catch (error) {
    if (strict || !(error instanceof TsplayError)) throw error;
    return undefined;
  }
}

function joinKeyed(inventory: Inventory, host: string, entry: Value, scope: Scope, config: Config): void {
  if (!(entry instanceof Map)) failSource('Invalid keyed group entry, it must be a dictionary', config.position);
  const fallback = entry.get('default_value') ?? null;
  const trailing = entry.get('trailing_separator') ?? null;
  if (fallback !== null && trailing !== null) {
    failSource('parameters are mutually exclusive for keyed groups: default_value|trailing_separator', config.position);
  }
  const key = computed(entry.get('key') ?? '', scope, config);
  if (key === undefined) return;
  if (!truthy(key) && (key !== '' || fallback === null)) return;
  const prefix = pyStr(entry.get('prefix') ?? '');
  const separator = pyStr(entry.get('separator') ?? '_');
  const lead = prefix === '' && !config.leadingSeparator ? '' : separator;
  const parent = entry.get('parent_group');
  for (const name of groupNames(key, separator, { fallback, trailing: trailing !== false }, config)) {
    const group = safeGroupName(`${prefix}${lead}${name}`);
    join(inventory, host, group);
    if (!parent) continue;
    const above = safeGroupName(pyStr(evaluate(compileText(pyStr(parent), config.position), scope)));
    ensureGroup(inventory, above);
    addChild(inventory, above, group, config.position);
  }
}

interface EmptyValues {
  /** Stands for an empty value. */
  readonly fallback: Value;
  /** Without it: whether the separator stays where nothing follows it. */
  readonly trailing: boolean;
}

/** A text is a name, a list one each, a dict `key_value` each. */
function groupNames(key: Value, separator: string, empty: EmptyValues, { position }: Config): string[] {
  const filled = (value: Value) => pyStr(value === '' && empty.fallback !== null ? empty.fallback : value);
  if (typeof key === 'string') return [filled(key)];
  if (Array.isArray(key)) return key.map(filled);
  if (!(key instanceof Map)) {
    failSource('Invalid group name format, expected a string or a list of them or dictionary', position);
  }
  return [...key].map(([name, value]) => {
    if (value === '' && empty.fallback === null && !empty.trailing) return pyStr(name);
    return `${pyStr(name)}${separator}${filled(value)}`;
  });
}

function join(inventory: Inventory, host: string, group: string): void {
  ensureGroup(inventory, group);
  joinGroup(inventory, host, group);
}
