import { createInventory } from '../../inventory/edit.ts';
import { formatsFor, isConfiguration, lookAt } from '../../inventory/formats.ts';
import { SOURCE_DEFAULTS } from '../../inventory/source-settings.ts';
import type { Raw } from '../../model/value.ts';
import { compileText } from '../../template/compile.ts';
import { LOCKED, readPlain } from './encrypted.ts';

export interface InventoryHooks {
  readonly onWarning: (message: string) => void;
  /** The variables of a host or group. */
  readonly onText: (vars: ReadonlyMap<string, Raw>) => void;
}

/** Reads one inventory file of hosts. Throws TsplayError. A script is not run, and what a plugin would make is not known. */
export function readInventory(path: string, { onWarning, onText }: InventoryHooks): void {
  const { enabled, yamlEndings } = SOURCE_DEFAULTS;
  const source = lookAt(path, false, (file) => readPlain(file).toString(), yamlEndings);
  if (source.text.startsWith('#!') || isConfiguration(source)) return;
  const inventory = createInventory([path]);
  const context = {
    inventory,
    path,
    compile: compileText,
    decryption: LOCKED,
    onWarning,
    scopeOf: undefined,
    settings: SOURCE_DEFAULTS,
  };
  void formatsFor(source, enabled)[0]?.read(context, source);
  for (const { vars } of [...inventory.hosts.values(), ...inventory.groups.values()]) onText(vars);
}
