import type { Group, Inventory } from '../model/inventory.ts';
import { ensureGroup } from './edit.ts';

/** What happens to group names that cannot be variables: kept or made safe, each with or without a warning. */
export type InvalidGroupNames = 'never' | 'always' | 'ignore' | 'silently';

export const INVALID_GROUP_NAMES: readonly InvalidGroupNames[] = ['never', 'always', 'ignore', 'silently'];

const LEADING = /^[^\p{L}_]/u;
const INVALID = /[^\p{L}\p{N}_]/gu;

/** Treats the names of all groups in one way, and warns once. */
export function settleGroupNames(inventory: Inventory, how: InvalidGroupNames, warn: (message: string) => void): void {
  const bad = [...inventory.groups.values()].filter(({ name }) => safeGroupName(name) !== name);
  if (bad.length === 0) return;
  const replace = how === 'always' || how === 'silently';
  if (replace) for (const group of bad) rename(inventory, group, safeGroupName(group.name));
  if (how === 'ignore' || how === 'silently') return;
  const outcome = replace ? 'and automatically replaced' : 'but not replaced';
  warn(`Invalid characters were found in group names ${outcome}, use -vvvv to see details`);
}

export function safeGroupName(name: string): string {
  return name.replace(LEADING, '_').replace(INVALID, '_');
}

/** What belongs to the group goes to the one of the new name, which may be there already. */
function rename(inventory: Inventory, old: Group, name: string): void {
  const { groups, hosts } = inventory;
  groups.delete(old.name);
  const group = ensureGroup(inventory, name);
  group.depth = Math.max(group.depth, old.depth);
  group.priority = old.priority;
  for (const [key, value] of old.vars) group.vars.set(key, value);
  for (const host of old.hosts) {
    group.hosts.add(host);
    hosts.get(host)?.groups.delete(old.name);
    hosts.get(host)?.groups.add(name);
  }
  for (const [ours, theirs] of [
    ['parents', 'children'],
    ['children', 'parents'],
  ] as const) {
    for (const other of old[ours]) {
      group[ours].add(other);
      groups.get(other)?.[theirs].delete(old.name);
      groups.get(other)?.[theirs].add(name);
    }
  }
}
