import type { Group, Inventory } from '../../model/inventory.ts';
import type { Dict } from '../../model/value.ts';
import { emitYaml } from '../../template/filters/yaml/emit.ts';
import { hostsOf } from '../groups.ts';
import { type PrintOptions, plainGroupVars, plainHostVars } from './plain.ts';

interface Progress {
  readonly shown: ReadonlySet<string>;
  readonly groups: Set<string>;
  /** Hosts whose variables were given already: they are given once. */
  readonly hosts: Set<string>;
}

/** The inventory as a YAML inventory (`inventory --list --yaml`). */
export function printYaml(inventory: Inventory, options: PrintOptions): string {
  const all = inventory.groups.get('all')!;
  const hosts = hostsOf(inventory, all).filter((name) => options.only?.has(name) ?? true);
  const progress: Progress = { shown: new Set(hosts), groups: new Set(), hosts: new Set() };
  const entry = groupEntry(inventory, all, options, progress);
  return emitYaml(entry.size > 0 ? new Map([['all', entry]]) : new Map(), { flow: false });
}

function groupEntry(inventory: Inventory, group: Group, options: PrintOptions, progress: Progress): Dict {
  const entry: Dict = new Map();
  const children: Dict = new Map();
  for (const name of group.children) {
    if (progress.groups.has(name)) {
      children.set(name, new Map());
      continue;
    }
    const child = groupEntry(inventory, inventory.groups.get(name)!, options, progress);
    progress.groups.add(name);
    if (child.size > 0) children.set(name, child);
  }
  if (children.size > 0) entry.set('children', children);
  const hosts = hostEntries(group, options, progress);
  if (hosts.size > 0) entry.set('hosts', hosts);
  const vars = options.export ? plainGroupVars(group, options) : undefined;
  if (vars && vars.size > 0) entry.set('vars', vars);
  return entry;
}

function hostEntries(group: Group, options: PrintOptions, progress: Progress): Dict {
  const entries: Dict = new Map();
  if (group.name === 'all') return entries;
  for (const name of group.hosts) {
    if (!progress.shown.has(name)) continue;
    entries.set(name, progress.hosts.has(name) ? new Map() : plainHostVars(name, options));
    progress.hosts.add(name);
  }
  return entries;
}
