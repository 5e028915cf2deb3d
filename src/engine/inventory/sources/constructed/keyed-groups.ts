import { TsplayError } from '../../../model/errors.ts';
import type { Inventory } from '../../../model/inventory.ts';
import type { Dict, Scope, Value } from '../../../model/value.ts';
import { compileText, evaluate } from '../../../template/compile.ts';
import { pyStr, truthy } from '../../../template/values.ts';
import { addChild, ensureGroup, joinGroup } from '../../edit.ts';
import { safeGroupName } from '../../group-names.ts';
import { failSource } from '../source.ts';
import { computed, type Features } from './expression.ts';

/** Puts a host into the groups that one entry of keyed_groups makes of a value. Throws TsplayError. */
export function joinKeyed(inventory: Inventory, host: string, entry: Value, scope: Scope, features: Features): void {
  const { position, strict, leadingSeparator } = features;
  if (!(entry instanceof Map)) failSource('Invalid keyed group entry, it must be a dictionary', position);
  const empty = emptyValues(entry, features);
  const text = entry.get('key') ?? '';
  const key = computed(text, scope, features, `Could not generate group for host ${host} from ${pyStr(text)} entry`);
  if (key === undefined) return;
  if (!truthy(key) && (key !== '' || empty.fallback === null)) {
    const isEmptyList = Array.isArray(key) || key instanceof Map;
    if (!strict || isEmptyList) return;
    failSource(`No key or key resulted empty for ${pyStr(text)} in host ${host}, invalid entry`, position);
  }
  const prefix = pyStr(entry.get('prefix') ?? '');
  const separator = pyStr(entry.get('separator') ?? '_');
  const lead = prefix === '' && !leadingSeparator ? '' : separator;
  const above = parentOf(entry, scope, features);
  if (above === null) return;
  for (const name of groupNames(key, separator, empty, features)) {
    const group = safeGroupName(`${prefix}${lead}${name}`);
    ensureGroup(inventory, group);
    joinGroup(inventory, host, group);
    if (above === undefined) continue;
    ensureGroup(inventory, above);
    addChild(inventory, above, group, position);
  }
}

/** The group above those of the entry, if one is named; null where its name cannot be had and that is no error. */
function parentOf(entry: Dict, scope: Scope, { strict, position }: Features): string | null | undefined {
  const parent = entry.get('parent_group');
  if (!parent) return undefined;
  try {
    return safeGroupName(pyStr(evaluate(compileText(pyStr(parent), position), scope)));
  } catch (error) {
    if (strict || !(error instanceof TsplayError)) throw error;
    return null;
  }
}

interface EmptyValues {
  /** Stands for an empty value. */
  readonly fallback: Value;
  /** Without it: whether the separator stays where nothing follows it. */
  readonly trailing: boolean;
}

function emptyValues(entry: Dict, { position }: Features): EmptyValues {
  const fallback = entry.get('default_value') ?? null;
  const trailing = entry.get('trailing_separator') ?? null;
  if (fallback !== null && trailing !== null) {
    failSource('parameters are mutually exclusive for keyed groups: default_value|trailing_separator', position);
  }
  return { fallback, trailing: trailing !== false };
}

/** A text is a name, a list one each, a dict `key_value` each. */
function groupNames(key: Value, separator: string, empty: EmptyValues, { position }: Features): string[] {
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
