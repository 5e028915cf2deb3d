import { loadInventory } from '../../engine/inventory/load.ts';
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
  const inventory = await loadInventory(sources.length > 0 ? sources : ['/etc/ansible/hosts'], {
    compile: compileText,
    onWarning: warn,
  });
  return new Variables(new VariableStore(inventory, extraVars), playbookDir, { warn, secret });
}
