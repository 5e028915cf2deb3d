import { TsplayError } from '../model/errors.ts';

/** `order:` of a play over hosts in inventory order. */
export function orderHosts(
  hosts: readonly string[],
  order: string | undefined,
  random: () => number = Math.random,
): string[] {
  switch (order) {
    case undefined:
    case 'inventory':
      return [...hosts];
    case 'reverse_inventory':
      return hosts.toReversed();
    case 'sorted':
      return hosts.toSorted();
    case 'reverse_sorted':
      return hosts.toSorted().reverse();
    case 'shuffle':
      return hosts
        .map((host) => ({ host, rank: random() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ host }) => host);
    default:
      throw new TsplayError('parse', `Invalid value for 'order': ${order}`, {
        hint: 'use inventory, reverse_inventory, sorted, reverse_sorted or shuffle',
      });
  }
}
