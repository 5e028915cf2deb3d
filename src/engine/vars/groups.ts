import type { Group, Inventory } from '../model/inventory.ts';

/** All groups of a host, near and far, `all` first: in the order in which their variables override each other. */
export function groupsOf(inventory: Inventory, host: string): Group[] {
  const found = new Set<string>(inventory.groups.has('all') ? ['all'] : []);
  const queue = [...(inventory.hosts.get(host)?.groups ?? [])];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...(inventory.groups.get(name)?.parents ?? []));
  }
  return [...found].flatMap((name) => inventory.groups.get(name) ?? []).sort(byPrecedence);
}

function byPrecedence(a: Group, b: Group): number {
  return a.depth - b.depth || a.priority - b.priority || (a.name < b.name ? -1 : 1);
}
