import { loadInventory } from '../../engine/inventory/load.ts';
import type { ScopeOf } from '../../engine/inventory/sources/source.ts';
import { VarsFiles } from '../../engine/inventory/vars-files.ts';
import type { Decryption } from '../../engine/model/decryption.ts';
import type { Emit } from '../../engine/model/event.ts';
import type { Inventory } from '../../engine/model/inventory.ts';
import type { ContentPlugins, Raw, Setting } from '../../engine/model/value.ts';
import { compileText } from '../../engine/template/compile.ts';
import type { FactCache } from '../../engine/vars/fact-cache.ts';
import { VariableStore } from '../../engine/vars/store.ts';
import { Variables } from '../../engine/vars/variables.ts';
import type { Settings } from './settings.ts';

/** Which sources are read, and how. */
export type InventorySettings = Pick<Settings, 'inventory' | 'invalidGroupNames' | 'sources'>;

export interface WorldInputs {
  readonly settings: InventorySettings;
  readonly extraVars: ReadonlyMap<string, Raw>;
  readonly playbookDir: string;
  readonly warn: (message: string) => void;
  readonly secret: (value: string) => void;
  readonly decryption: Decryption;
  readonly setting?: (name: string) => Setting | undefined;
  readonly plugins?: ContentPlugins;
  readonly factCache?: FactCache | undefined;
}

/** Reads the inventory and makes the variables of a run. */
export async function loadVariables({
  settings,
  extraVars,
  playbookDir,
  warn,
  secret,
  decryption,
  setting,
  plugins,
  factCache,
}: WorldInputs): Promise<Variables> {
  const world = { warn, secret, decryption, ...(setting ? { setting } : {}), ...(plugins ? { plugins } : {}) };
  const files = new VarsFiles(decryption);
  const scopeOf: ScopeOf = (sofar, host, wishes) => {
    const given = wishes.extraVars ? extraVars : new Map<string, Raw>();
    const store = new VariableStore(sofar, given, files, { cache: factCache, foldersCount: wishes.varsFiles });
    return new Variables(store, playbookDir, world).hostScope(host);
  };
  const inventory = await readSources(settings, { warn, scopeOf, decryption });
  return new Variables(new VariableStore(inventory, extraVars, files, { cache: factCache }), playbookDir, world);
}

/** Reads the sources again; hosts and groups that tasks made stay. */
export async function reloadInventory(
  variables: Variables,
  { settings, emit, decryption }: { settings: InventorySettings; emit: Emit; decryption: Decryption },
): Promise<void> {
  const { store } = variables;
  const warn = (message: string) => emit({ type: 'warning', message });
  const scopeOf: ScopeOf = (sofar, host, wishes) => variables.over(sofar, wishes).hostScope(host);
  settings.sources.cache?.clear();
  const fresh = await readSources(settings, { warn, scopeOf, decryption });
  for (const part of ['hosts', 'groups'] as const) {
    store.inventory[part].clear();
    for (const [name, value] of fresh[part]) (store.inventory[part] as Map<string, unknown>).set(name, value);
  }
  store.runTime.repeat(store.inventory);
  store.inventoryChanged();
}

function readSources(
  { inventory, invalidGroupNames, sources }: InventorySettings,
  { warn, scopeOf, decryption }: { warn: (message: string) => void; scopeOf: ScopeOf; decryption: Decryption },
): Promise<Inventory> {
  return loadInventory(inventory.length > 0 ? inventory : ['/etc/ansible/hosts'], {
    compile: compileText,
    onWarning: warn,
    invalidGroupNames,
    settings: sources,
    scopeOf,
    decryption,
  });
}
