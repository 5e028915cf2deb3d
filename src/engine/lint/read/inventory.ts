import { createInventory } from '../../inventory/edit.ts';
import { looksLikeYaml } from '../../inventory/load.ts';
import { readIniSource } from '../../inventory/sources/ini-source.ts';
import { readYamlSource } from '../../inventory/sources/yaml-source.ts';
import type { Raw } from '../../model/value.ts';
import { compileText } from '../../template/compile.ts';
import { LOCKED, readPlain } from './encrypted.ts';

export interface InventoryHooks {
  readonly onWarning: (message: string) => void;
  /** The variables of a host or group. */
  readonly onText: (vars: ReadonlyMap<string, Raw>) => void;
}

/** Reads one inventory file of hosts. Throws TsplayError. A script is not run, so nothing is known of it. */
export function readInventory(path: string, { onWarning, onText }: InventoryHooks): void {
  const text = readPlain(path).toString();
  if (text.startsWith('#!')) return;
  const inventory = createInventory([path]);
  const context = {
    inventory,
    path,
    compile: compileText,
    decryption: LOCKED,
    onWarning,
  };
  if (looksLikeYaml(path, text)) readYamlSource(context, text);
  else readIniSource(context, text);
  for (const { vars } of [...inventory.hosts.values(), ...inventory.groups.values()]) onText(vars);
}
