import type { Host, Inventory } from '../model/inventory.ts';

/** Names of the controller itself. */
const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];

export function isLocalName(name: string): boolean {
  return LOCAL_NAMES.includes(name);
}

/**
 * The controller as a host: the one that a source named by any of its names, else one that is made now and stands in
 * `inventory.hosts`, but in no group, so that `all` does not match it.
 */
export function localhostOf(inventory: Inventory, name: string): Host {
  const known = LOCAL_NAMES.flatMap((local) => inventory.hosts.get(local) ?? [])[0];
  if (known) return known;
  const vars = new Map([
    ['ansible_connection', 'local'],
    // For content that calls Python itself; tsplay does not.
    ['ansible_python_interpreter', '/usr/bin/python3'],
  ]);
  const host: Host = { name, vars, groups: new Set(), implicit: true };
  inventory.hosts.set(name, host);
  return host;
}
