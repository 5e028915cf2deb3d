import { dirname } from 'node:path';
import { RunTimeChanges } from '../inventory/run-time.ts';
import { VarsFolders } from '../inventory/vars.ts';
import type { VarsFiles } from '../inventory/vars-files.ts';
import type { Host, Inventory } from '../model/inventory.ts';
import type { Raw, Value } from '../model/value.ts';
import { statPath } from '../yaml/stat-path.ts';
import type { FactCache } from './fact-cache.ts';
import { Facts } from './facts.ts';
import { groupsOf } from './groups.ts';
import type { Layer } from './layer.ts';
import { MadeVars } from './made-vars.ts';

/** Everything the run knows of variables beside what plays and tasks say: inventory, facts, what was registered. */
export class VariableStore {
  readonly inventory: Inventory;
  readonly extraVars: ReadonlyMap<string, Raw>;
  /** Reads files of variables. */
  readonly files: VarsFiles;
  /** What tasks made of the inventory. */
  readonly runTime = new RunTimeChanges();
  private readonly folders: VarsFolders;
  private readonly facts = new Map<string, Facts>();
  private readonly registered = new Map<string, MadeVars>();
  private readonly included = new Map<string, Map<string, Raw>>();
  private readonly inventoryDirs: readonly string[];
  private readonly derived = new Map<string, Value>();
  private readonly cache: FactCache | undefined;
  private readonly cached = new Map<string, Layer[]>();
  private readonly foldersCount: boolean;

  /** With `foldersCount: false` the files of group_vars and host_vars say nothing. */
  constructor(
    inventory: Inventory,
    extraVars: ReadonlyMap<string, Raw>,
    files: VarsFiles,
    { cache, foldersCount = true }: { readonly cache?: FactCache | undefined; readonly foldersCount?: boolean } = {},
  ) {
    this.foldersCount = foldersCount;
    this.cache = cache;
    this.inventory = inventory;
    this.extraVars = extraVars;
    this.files = files;
    this.folders = new VarsFolders(files);
    this.inventoryDirs = [...new Set(inventory.sources.map(folderOf))];
  }

  factsOf(host: string): Facts {
    return getOrMake(this.facts, host, () => new Facts(host, this.cache));
  }

  /** Registered variables and set_fact: one level, the later wins. */
  registeredOf(host: string): MadeVars {
    return getOrMake(this.registered, host, () => new MadeVars());
  }

  /** include_vars. */
  includedOf(host: string): Map<string, Raw> {
    return getOrMake(this.included, host, () => new Map());
  }

  register(host: string, name: string, value: Value): void {
    this.registeredOf(host).set(name, value);
  }

  /** Levels from the inventory's sources and the vars folders, highest first. */
  inventoryLayers(host: string, playbookDir: string): Layer[] {
    const key = `${playbookDir}\0${host}`;
    return getOrMake(this.cached, key, () => this.readLayers(host, playbookDir));
  }

  /** What sources and files of variables say of one host or group; `folder` is one more with such files. */
  saidOf(kind: 'host' | 'group', name: string, folder: string | undefined): Map<string, Raw> {
    const own = kind === 'host' ? this.inventory.hosts.get(name)?.vars : this.inventory.groups.get(name)?.vars;
    const dirs = [...this.inventoryDirs, ...(folder === undefined ? [] : [folder])];
    return new Map([...(own ?? []), ...dirs.flatMap((dir) => [...this.folders[kind](dir, name)])]);
  }

  /** A value that depends on hosts and groups alone: made when first asked for, and again when they changed. */
  onceAnInventory(name: string, make: () => Value): Value {
    return getOrMake(this.derived, name, make);
  }

  /** To be called when hosts or groups changed. */
  inventoryChanged(): void {
    this.derived.clear();
    this.cached.clear();
  }

  private readLayers(name: string, playbookDir: string): Layer[] {
    const { folders } = this;
    const host: Host | undefined = this.inventory.hosts.get(name);
    const groups = groupsOf(this.inventory, name).reverse();
    const [near, all] = [
      groups.filter((group) => group.name !== 'all'),
      groups.filter((group) => group.name === 'all'),
    ];
    const [playDirs, dirs] = this.foldersCount ? [[playbookDir], this.inventoryDirs.toReversed()] : [[], []];
    const play = (list: typeof groups) =>
      list.flatMap((group) => playDirs.map((dir) => folders.group(dir, group.name)));
    const beside = (list: typeof groups) => list.flatMap((group) => dirs.map((dir) => folders.group(dir, group.name)));
    return [
      ...playDirs.map((dir) => folders.host(dir, name)),
      ...dirs.map((dir) => folders.host(dir, name)),
      host?.vars ?? new Map(),
      ...play(near),
      ...beside(near),
      ...play(all),
      ...beside(all),
      ...near.map((group) => group.vars),
      ...all.map((group) => group.vars),
    ].filter((layer) => layer.size > 0);
  }
}

function folderOf(source: string): string {
  return statPath(source)?.isDirectory() ? source : dirname(source);
}

function getOrMake<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
