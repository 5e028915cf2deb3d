import type { Group, Inventory } from '../../model/inventory.ts';
import type { Dict, Value } from '../../model/value.ts';
import { hostsOf } from '../groups.ts';
import { writeToml } from '../toml/write.ts';
import { type PrintOptions, plainGroupVars, plainHostVars } from './plain.ts';

/** The inventory as a TOML inventory (`inventory --list --toml`); empty where there is nothing to say. Throws TsplayError. */
export function printToml(inventory: Inventory, options: PrintOptions): string {
  const all = inventory.groups.get('all')!;
  const shown = new Set(hostsOf(inventory, all).filter((name) => options.only?.has(name) ?? true));
  const groups: Dict = new Map();
  addGroup(inventory, all, options, { shown, seen: new Set(), groups });
  return writeToml(groups);
}

interface Progress {
  readonly shown: ReadonlySet<string>;
  /** Hosts whose variables were given already: they are given once. */
  readonly seen: Set<string>;
  readonly groups: Dict;
}

function addGroup(inventory: Inventory, group: Group, options: PrintOptions, progress: Progress): void {
  const entry: Dict = new Map();
  const children = [...group.children].filter((name) => name !== 'ungrouped' || isUsed(inventory, name));
  if (group.name !== 'all' && children.length > 0) entry.set('children', children);
  if (group.name !== 'all') {
    const hosts = hostEntries(group, options, progress);
    if (hosts.size > 0) entry.set('hosts', hosts);
  }
  const vars = options.export ? plainGroupVars(group, options) : undefined;
  if (vars && vars.size > 0) entry.set('vars', vars);
  if (progress.groups.has(group.name)) return;
  if (entry.size > 0) progress.groups.set(group.name, entry);
  for (const name of children) addGroup(inventory, inventory.groups.get(name)!, options, progress);
}

function hostEntries(group: Group, options: PrintOptions, { shown, seen }: Progress): Map<Value, Value> {
  const entries: Dict = new Map();
  for (const name of group.hosts) {
    if (!shown.has(name)) continue;
    entries.set(name, seen.has(name) ? new Map() : plainHostVars(name, options));
    seen.add(name);
  }
  return entries;
}

function isUsed(inventory: Inventory, group: string): boolean {
  return (inventory.groups.get(group)?.hosts.size ?? 0) > 0;
}
