import type { Decryption } from '../../model/decryption.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Position } from '../../model/source.ts';
import type { Raw, Scope } from '../../model/value.ts';
import { ensureGroup, ensureHost, joinGroup } from '../edit.ts';
import type { SourceSettings } from '../source-settings.ts';
import type { Compile } from '../trusted-file.ts';

export interface ScopeWishes {
  /** Whether files of group_vars and host_vars count. */
  readonly varsFiles: boolean;
  readonly extraVars: boolean;
}

/** Gives a host's variables as they are so far. */
export type ScopeOf = (inventory: Inventory, host: string, wishes: ScopeWishes) => Scope;

/** What reading one source needs: the inventory it adds to, and how texts become values. */
export interface SourceContext {
  readonly inventory: Inventory;
  /** The source as messages name it. */
  readonly path: string;
  readonly compile: Compile;
  readonly decryption: Decryption;
  readonly onWarning: (message: string) => void;
  /** Undefined where nobody can evaluate. */
  readonly scopeOf: ScopeOf | undefined;
  readonly settings: SourceSettings;
}

/** Adds hosts to a group, with variables; a port counts for a host that is new. */
export function addHosts(
  { inventory, path }: Pick<SourceContext, 'inventory' | 'path'>,
  group: string,
  { names, port }: { readonly names: readonly string[]; readonly port?: number | undefined },
  vars: ReadonlyMap<string, Raw>,
): void {
  ensureGroup(inventory, group);
  for (const name of names) {
    const isNew = !inventory.hosts.has(name);
    const host = ensureHost(inventory, name, path);
    if (isNew && port !== undefined) host.vars.set('ansible_port', port);
    joinGroup(inventory, name, group);
    for (const [key, value] of vars) host.vars.set(key, value);
  }
}

export function failSource(message: string, position: Position, hint?: string): never {
  throw new TsplayError('inventory', message, { position, hint });
}

/** The beginning of a source, for what has no place of its own. */
export function topOf({ path }: Pick<SourceContext, 'path'>): Position {
  return { file: path, line: 1, column: 1 };
}
