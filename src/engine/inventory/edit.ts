import { TsplayError } from '../model/errors.ts';
import type { Group, Host, Inventory } from '../model/inventory.ts';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import { descendantsOf, isInside } from './groups.ts';

/** An inventory with its two groups that always are, `all` and `ungrouped`. */
export function createInventory(
  sources: readonly string[] = [],
  onMismatch: NonNullable<Inventory['onMismatch']> = 'warning',
): Inventory {
  const inventory: Inventory = { hosts: new Map(), groups: new Map(), sources, onMismatch };
  ensureGroup(inventory, 'all');
  ensureGroup(inventory, 'ungrouped');
  addChild(inventory, 'all', 'ungrouped');
  return inventory;
}

export function ensureGroup(inventory: Inventory, name: string): Group {
  const known = inventory.groups.get(name);
  if (known) return known;
  const group: Group = {
    name,
    vars: new Map(),
    hosts: new Set(),
    children: new Set(),
    parents: new Set(),
    depth: 0,
    priority: 1,
  };
  inventory.groups.set(name, group);
  return group;
}

/** The host of that name; made if there is none, or if it was only the implicit localhost. */
export function ensureHost(inventory: Inventory, name: string, source?: string): Host {
  const known = inventory.hosts.get(name);
  if (known && !known.implicit) return known;
  const host: Host = { name, vars: new Map(), groups: new Set(), ...(source === undefined ? {} : { source }) };
  inventory.hosts.set(name, host);
  return host;
}

/** Puts a host into a group that exists. Says whether that is new. */
export function joinGroup(inventory: Inventory, hostName: string, groupName: string): boolean {
  const group = inventory.groups.get(groupName)!;
  if (group.hosts.has(hostName)) return false;
  group.hosts.add(hostName);
  inventory.hosts.get(hostName)?.groups.add(groupName);
  return true;
}

/** Makes one group a child of another; both exist. Says whether that is new; throws TsplayError on a circle. */
export function addChild(inventory: Inventory, parentName: string, childName: string, position?: Position): boolean {
  const parent = inventory.groups.get(parentName)!;
  const child = inventory.groups.get(childName)!;
  if (parent.children.has(childName)) return false;
  if (parentName === childName || isInside(inventory, parent, childName)) {
    throw new TsplayError(
      'inventory',
      `Adding group '${childName}' as child to '${parentName}' creates a recursive dependency loop.`,
      { position, hint: 'remove one of the two from the children of the other' },
    );
  }
  parent.children.add(childName);
  child.parents.add(parentName);
  child.depth = Math.max(child.depth, parent.depth + 1);
  deepen(inventory, child);
  return true;
}

export function setGroupVar(group: Group, name: string, value: Raw): void {
  if (name !== 'ansible_group_priority') {
    group.vars.set(name, value);
    return;
  }
  const priority = Number(value);
  if (Number.isInteger(priority)) group.priority = priority;
}

/**
 * Puts the groups without a parent under `all`, and the hosts without a group into `ungrouped`: to be called when
 * sources were read.
 */
export function reconcile(inventory: Inventory): void {
  for (const group of inventory.groups.values()) {
    if (group.name !== 'all' && group.parents.size === 0) addChild(inventory, 'all', group.name);
  }
  const ungrouped = inventory.groups.get('ungrouped')!;
  for (const host of inventory.hosts.values()) {
    if (host.implicit) continue;
    const isGrouped = [...host.groups].some((name) => name !== 'all' && name !== 'ungrouped');
    if (!isGrouped) joinGroup(inventory, host.name, 'ungrouped');
    else if (ungrouped.hosts.delete(host.name)) host.groups.delete('ungrouped');
  }
}

/** `add_host`: makes a host at run time, or changes one. Says whether anything changed. */
export function addHost(
  inventory: Inventory,
  name: string,
  groups: Iterable<string>,
  vars: ReadonlyMap<string, Raw>,
): boolean {
  const known = inventory.hosts.get(name);
  let changed = !known || known.implicit === true;
  const host = ensureHost(inventory, name);
  changed = joinGroup(inventory, name, 'all') || changed;
  for (const [key, value] of vars) {
    if (host.vars.has(key) && host.vars.get(key) === value) continue;
    host.vars.set(key, value);
    changed = true;
  }
  for (const group of groups) {
    ensureGroup(inventory, group);
    changed = joinGroup(inventory, name, group) || changed;
  }
  if (changed) reconcile(inventory);
  return changed;
}

/** `group_by`: makes a group at run time, below its parents, with hosts in it. Says whether anything changed. */
export function addGroup(
  inventory: Inventory,
  name: string,
  parents: Iterable<string>,
  hosts: Iterable<string>,
): boolean {
  let changed = !inventory.groups.has(name);
  ensureGroup(inventory, name);
  for (const parent of parents) {
    ensureGroup(inventory, parent);
    changed = addChild(inventory, parent, name) || changed;
  }
  for (const host of hosts) changed = joinGroup(inventory, host, name) || changed;
  if (changed) reconcile(inventory);
  return changed;
}

/** A group's depth is its longest way from the top; its descendants move down with it. */
function deepen(inventory: Inventory, top: Group): void {
  for (const group of descendantsOf(inventory, top)) {
    for (const name of group.children) {
      const child = inventory.groups.get(name)!;
      if (child.depth > group.depth) continue;
      child.depth = group.depth + 1;
      deepen(inventory, child);
    }
  }
}
