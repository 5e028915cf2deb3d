import type { Group, Inventory } from '../model/inventory.ts';

/** The group and all below it: nearer ones first, in the order in which they are named. */
export function descendantsOf(inventory: Inventory, group: Group): Group[] {
  const found = new Set([group]);
  // A set is walked in order while it grows.
  for (const { children } of found) for (const name of children) found.add(inventory.groups.get(name)!);
  return [...found];
}

/** Names of the hosts of a group and of those below it, each once. The implicit localhost is in none. */
export function hostsOf(inventory: Inventory, group: Group): string[] {
  const names = new Set(descendantsOf(inventory, group).flatMap(({ hosts }) => [...hosts]));
  return group.name === 'all' ? [...names].filter((name) => !inventory.hosts.get(name)?.implicit) : [...names];
}

/** The group stands below the one named, however far. */
export function isInside(inventory: Inventory, group: Group, name: string): boolean {
  const found = new Set([group]);
  for (const { parents } of found) {
    if (parents.has(name)) return true;
    for (const parent of parents) found.add(inventory.groups.get(parent)!);
  }
  return false;
}
