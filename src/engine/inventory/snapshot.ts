import type { Group, Host, Inventory } from '../model/inventory.ts';

/** Hosts and groups as they were at one moment. */
export interface Snapshot {
  readonly hosts: readonly Host[];
  readonly groups: readonly Group[];
}

/** Copies hosts and groups; their values are shared. */
export function snapshot({ hosts, groups }: Inventory): Snapshot {
  return { hosts: [...hosts.values()].map(copyHost), groups: [...groups.values()].map(copyGroup) };
}

/** Takes back what a source added before it turned out to be broken. */
export function restore(inventory: Inventory, { hosts, groups }: Snapshot): void {
  inventory.hosts.clear();
  for (const host of hosts) inventory.hosts.set(host.name, host);
  inventory.groups.clear();
  for (const group of groups) inventory.groups.set(group.name, group);
}

function copyHost(host: Host): Host {
  return { ...host, vars: new Map(host.vars), groups: new Set(host.groups) };
}

function copyGroup(group: Group): Group {
  return {
    ...group,
    vars: new Map(group.vars),
    hosts: new Set(group.hosts),
    children: new Set(group.children),
    parents: new Set(group.parents),
  };
}
