import { inline } from './frame.ts';

/** Names for a line: all if they are few, else some and how many more. */
export function hostNames(hosts: readonly string[], most = 6): string {
  const shown = hosts.length <= most ? hosts : hosts.slice(0, most - 1);
  const more = hosts.length - shown.length;
  return shown.map(inline).join(' ') + (more > 0 ? ` +${more}` : '');
}

/** Things of several hosts that are the same are said once: groups in the order of their first host. */
export function fold<T>(entries: readonly (readonly [host: string, value: T])[], keyOf: (value: T) => string) {
  const groups = new Map<string, { readonly hosts: string[]; readonly value: T }>();
  for (const [host, value] of entries) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.hosts.push(host);
    else groups.set(key, { hosts: [host], value });
  }
  return [...groups.values()];
}
