import type { Group, Inventory } from '../../model/inventory.ts';
import type { Dict, Value } from '../../model/value.ts';
import { hostsOf } from '../groups.ts';
import { type PrintOptions, plainGroupVars, plainHostVars, toJson } from './plain.ts';

/** The inventory as JSON, in the form that an inventory script writes (`inventory --list`). */
export function printList(inventory: Inventory, options: PrintOptions): string {
  const all = inventory.groups.get('all')!;
  const hosts = hostsOf(inventory, all).filter((name) => options.only?.has(name) ?? true);
  const result: Dict = new Map();
  addGroupEntry(inventory, all, new Set(hosts), new Set(), options, result);
  const hostvars: Dict = new Map();
  for (const name of hosts) {
    const vars = plainHostVars(name, options);
    if (vars.size > 0) hostvars.set(name, vars);
  }
  result.set('_meta', new Map([['hostvars', hostvars]]));
  return toJson(result);
}

function addGroupEntry(
  inventory: Inventory,
  group: Group,
  shown: ReadonlySet<string>,
  seen: Set<string>,
  options: PrintOptions,
  result: Dict,
): void {
  const entry = new Map<Value, Value>();
  const hosts = [...group.hosts].filter((name) => shown.has(name));
  if (group.name !== 'all' && hosts.length > 0) entry.set('hosts', hosts);
  if (group.children.size > 0) entry.set('children', [...group.children]);
  for (const name of group.children) {
    if (seen.has(name)) continue;
    seen.add(name);
    addGroupEntry(inventory, inventory.groups.get(name)!, shown, seen, options, result);
  }
  const vars = options.export ? plainGroupVars(group, options) : undefined;
  if (vars && vars.size > 0) entry.set('vars', vars);
  if (entry.size > 0) result.set(group.name, entry);
}
