import type { Inventory } from '../model/inventory.ts';
import type { Raw } from '../model/value.ts';
import { addGroup, addHost } from './edit.ts';

/** What a task made of the inventory. */
type Made =
  | {
      readonly kind: 'host';
      readonly name: string;
      readonly groups: readonly string[];
      readonly vars: ReadonlyMap<string, Raw>;
    }
  | { readonly kind: 'group'; readonly name: string; readonly parents: readonly string[]; readonly host: string };

/** Hosts and groups that tasks made (`add_host`, `group_by`): they outlive sources that are read anew. */
export class RunTimeChanges {
  private readonly made: Made[] = [];

  /** Says whether that is new to the inventory. */
  make(inventory: Inventory, made: Made): boolean {
    this.made.push(made);
    return apply(inventory, made);
  }

  /** Makes everything again in an inventory that was read anew. Groups of hosts that are gone stay away. */
  repeat(inventory: Inventory): void {
    for (const made of this.made) if (made.kind === 'host' || inventory.hosts.has(made.host)) apply(inventory, made);
  }
}

function apply(inventory: Inventory, made: Made): boolean {
  return made.kind === 'host'
    ? addHost(inventory, made.name, made.groups, made.vars)
    : addGroup(inventory, made.name, made.parents, [made.host]);
}
