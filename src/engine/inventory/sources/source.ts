import type { Decryption } from '../../model/decryption.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Position } from '../../model/source.ts';
import type { Raw } from '../../model/value.ts';
import { ensureGroup, ensureHost, joinGroup } from '../edit.ts';
import type { Compile } from '../trusted-file.ts';

/** What reading one source needs: the inventory it adds to, and how texts become values. */
export interface SourceContext {
  readonly inventory: Inventory;
  /** The source as messages name it. */
  readonly path: string;
  readonly compile: Compile;
  readonly decryption: Decryption;
  readonly onWarning: (message: string) => void;
}

/** Adds hosts to a group, with variables; a port counts for a host that is new. */
export function addHosts(
  { inventory }: SourceContext,
  group: string,
  { names, port }: { readonly names: readonly string[]; readonly port: number | undefined },
  vars: ReadonlyMap<string, Raw>,
): void {
  ensureGroup(inventory, group);
  for (const name of names) {
    const isNew = !inventory.hosts.has(name);
    const host = ensureHost(inventory, name);
    if (isNew && port !== undefined) host.vars.set('ansible_port', port);
    joinGroup(inventory, name, group);
    for (const [key, value] of vars) host.vars.set(key, value);
  }
}

export function failSource(message: string, position: Position, hint?: string): never {
  throw new TsplayError('inventory', message, { position, hint });
}
