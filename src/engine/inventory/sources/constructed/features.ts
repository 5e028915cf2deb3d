import type { Inventory } from '../../../model/inventory.ts';
import type { Position } from '../../../model/source.ts';
import type { Dict, Scope } from '../../../model/value.ts';
import { pyStr, truthy } from '../../../template/values.ts';
import { ensureGroup, joinGroup } from '../../edit.ts';
import { safeGroupName } from '../../group-names.ts';
import { failSource } from '../source.ts';
import { computed, type Features } from './expression.ts';
import { joinKeyed } from './keyed-groups.ts';

/** Reads the options that all sources which compute have in common. Throws TsplayError for one of the wrong kind. */
export function readFeatures(given: Dict, position: Position): Features {
  const dict = (name: string) => {
    const value = given.get(name) ?? new Map();
    return value instanceof Map ? (value as Dict) : failSource(`${name} must be a dictionary`, position);
  };
  const keyed = given.get('keyed_groups') ?? [];
  if (!Array.isArray(keyed)) failSource('keyed_groups must be a list of dictionaries', position);
  return {
    compose: dict('compose'),
    groups: dict('groups'),
    keyedGroups: keyed,
    strict: truthy(given.get('strict') ?? false),
    leadingSeparator: truthy(given.get('leading_separator') ?? true),
    position,
  };
}

/** Applies them to one host; `scopeOf` gives its variables as they are by then. */
export function applyFeatures(inventory: Inventory, host: string, features: Features, scopeOf: () => Scope): void {
  const before = scopeOf();
  for (const [name, text] of features.compose) {
    const value = computed(text, before, features, `Could not set ${pyStr(name)} for host ${host}`);
    if (value !== undefined) inventory.hosts.get(host)!.vars.set(pyStr(name), value);
  }
  const scope = scopeOf();
  for (const [name, text] of features.groups) {
    const group = safeGroupName(pyStr(name));
    const value = computed(text, scope, features, `Could not add host ${host} to group ${group}`);
    if (value === undefined || !truthy(value)) continue;
    ensureGroup(inventory, group);
    joinGroup(inventory, host, group);
  }
  for (const entry of features.keyedGroups) joinKeyed(inventory, host, entry, scope, features);
}
