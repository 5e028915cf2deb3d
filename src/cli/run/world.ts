import { loadInventory } from '../../engine/inventory/load.ts';
import type { Emit } from '../../engine/model/event.ts';
import type { Inventory } from '../../engine/model/inventory.ts';
import type { Raw } from '../../engine/model/value.ts';
import { compileText } from '../../engine/template/compile.ts';
import { VariableStore } from '../../engine/vars/store.ts';
import { Variables } from '../../engine/vars/variables.ts';

export interface WorldInputs {
  readonly sources: readonly string[];
  readonly extraVars: ReadonlyMap<string, Raw>;
  readonly playbookDir: string;
  readonly warn: (message: string) => void;
  readonly secret: (value: string) => void;
}

/** Reads the inventory and makes the variables of a run. */
export async function loadVariables({
  sources,
  extraVars,
  playbookDir,
  warn,
  secret,
}: WorldInputs): Promise<Variables> {
  const inventory = await readSources(sources, warn);
  return new Variables(new VariableStore(inventory, extraVars), playbookDir, { warn, secret });
}

/** Reads the sources again; hosts made on the way (add_host) stay out, as Ansible forgets them. */
export async function reloadInventory({ store }: Variables, sources: readonly string[], emit: Emit): Promise<void> {
  const fresh = await readSources(sources, (message) => emit({ type: 'warning', message }));
  for (const part of ['hosts', 'groups'] as const) {
    store.inventory[part].clear();
    for (const [name, value] of fresh[part]) (store.inventory[part] as Map<string, unknown>).set(name, value);
  }
  store.inventoryChanged();
}

function readSources(sources: readonly string[], warn: (message: string) => void): Promise<Inventory> {
  return loadInventory(sources.length > 0 ? sources : ['/etc/ansible/hosts'], {
    compile: compileText,
    onWarning: warn,
  });
}
