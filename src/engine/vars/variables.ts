import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Item, Play, Role } from '../model/playbook.ts';
import type { Raw, Value } from '../model/value.ts';
import { evaluate, evaluateKnown } from '../template/compile.ts';
import type { PlayFrame } from './frame.ts';
import { includeParams, roleChain, varsAround } from './inherit.ts';
import { EMPTY_LAYER, type Layer } from './layer.ts';
import { Lookup } from './lazy-dict.ts';
import { connectionMagic, hostMagic, playMagic, roleMagic } from './magic.ts';
import { VarScope } from './scope.ts';
import { VariableStore } from './store.ts';
import { makeWorld, searchPath, type WorldOptions } from './world.ts';

export interface ScopeOptions {
  readonly item?: Item | undefined;
  /** On top of everything: loop variables. */
  readonly top?: ReadonlyMap<string, Raw> | undefined;
}

/** Builds scopes in Ansible's order of precedence. */
export class Variables {
  readonly store: VariableStore;
  private readonly world: Omit<WorldOptions, 'playbookDir'>;
  private readonly playbookDir: string;
  private readonly hostLayers = new Map<string, Layer>();
  private readonly plays = new WeakMap<PlayFrame, Layer>();

  constructor(store: VariableStore, playbookDir: string, world: Omit<WorldOptions, 'playbookDir'>) {
    this.store = store;
    this.playbookDir = playbookDir;
    this.world = world;
  }

  /** The same over an inventory that is being read, with what its source wants to see. */
  over(inventory: Inventory, { varsFiles, extraVars }: { varsFiles: boolean; extraVars: boolean }): Variables {
    const given = extraVars ? this.store.extraVars : new Map<string, Raw>();
    const store = new VariableStore(inventory, given, this.store.files, { foldersCount: varsFiles });
    return new Variables(store, this.playbookDir, this.world);
  }

  /** Variables of a host in a play, for a task if one is given. Levels run from the highest to the lowest. */
  scope(frame: PlayFrame, host: string, { item, top }: ScopeOptions = {}): VarScope {
    const { store } = this;
    const directory = frame.play.directory;
    const folders = searchPath(item, directory);
    const chain = roleChain(item?.role);
    const layers: Layer[] = [
      ...(top ? [top] : []),
      this.magicOf(host),
      this.playMagicOf(frame),
      roleMagic(item, folders),
      store.extraVars,
      ...(item ? includeParams(item) : []),
      ...chain.map((role) => role.params),
      store.registeredOf(host),
      store.includedOf(host),
      ...(item ? varsAround(item) : []),
      ...chain.flatMap(roleVars),
      ...rolesSeen(frame).map((role) => role.exports),
      ...this.varsFiles(frame, host),
      frame.prompts,
      ...(frame.play.keywords.vars ? [frame.play.keywords.vars] : []),
      this.injected(host),
      ...store.inventoryLayers(host, directory),
      ...chain.flatMap(roleDefaults),
      ...rolesSeen(frame).map((role) => role.defaults),
    ];
    return new VarScope(
      layers,
      makeWorld({ ...this.world, playbookDir: directory }, folders),
      connectionMagic(frame, host),
    );
  }

  /** Facts as variables of their own; where settings do not want them, only what the host's administrator says. */
  private injected(host: string): Layer {
    const { injected } = this.store.factsOf(host);
    if (this.world.setting?.('INJECT_FACTS_AS_VARS')?.value !== false) return injected;
    const local = injected.get('ansible_local');
    return local === undefined ? EMPTY_LAYER : new Map([['ansible_local', local]]);
  }

  /** Variables of a host outside of any play: what `hostvars` shows. */
  hostScope(host: string): VarScope {
    const { store } = this;
    const layers = [
      this.magicOf(host),
      store.extraVars,
      store.registeredOf(host),
      store.includedOf(host),
      this.injected(host),
      ...store.inventoryLayers(host, this.playbookDir),
    ];
    return this.outside(layers);
  }

  private outside(layers: readonly Layer[]): VarScope {
    const directory = this.playbookDir;
    return new VarScope(layers, makeWorld({ ...this.world, playbookDir: directory }, searchPath(undefined, directory)));
  }

  /**
   * Variables of the command line, the play and, for an item, the role and blocks around it: for names and patterns
   * that no host decides.
   */
  playScope(frame: PlayFrame, item?: Item): VarScope {
    const directory = frame.play.directory;
    const folders = searchPath(item, directory);
    const chain = roleChain(item?.role);
    const layers = [
      this.playMagicOf(frame),
      roleMagic(item, folders),
      this.store.extraVars,
      ...chain.map((role) => role.params),
      ...(item ? varsAround(item) : []),
      ...chain.flatMap(roleVars),
      ...rolesSeen(frame).map((role) => role.exports),
      ...this.varsFiles(frame),
      frame.prompts,
      frame.play.keywords.vars ?? new Map(),
      ...chain.flatMap(roleDefaults),
      ...rolesSeen(frame).map((role) => role.defaults),
    ];
    return new VarScope(layers, makeWorld({ ...this.world, playbookDir: directory }, folders));
  }

  /** Variables of the command line alone. */
  commandLineScope(): VarScope {
    return this.outside([this.store.extraVars]);
  }

  private magicOf(host: string): Layer {
    let layer = this.hostLayers.get(host);
    if (!layer) {
      layer = hostMagic(this.store, host, () => this.hostvars());
      this.hostLayers.set(host, layer);
    }
    return layer;
  }

  private playMagicOf(frame: PlayFrame): Layer {
    let layer = this.plays.get(frame);
    if (!layer) {
      layer = playMagic(frame);
      this.plays.set(frame, layer);
    }
    return layer;
  }

  /** `hostvars`: one host's variables are looked at only when it is asked for. */
  private hostvars(): Value {
    const { hosts } = this.store.inventory;
    return new Lookup(
      () => hosts.keys(),
      (name) => (typeof name === 'string' && hosts.has(name) ? this.variablesOf(name) : undefined),
    );
  }

  private variablesOf(host: string): Value {
    const scope = this.hostScope(host);
    // A host's variables do not hold those of all hosts.
    return new Lookup(
      () => [...scope.names()].filter((name) => name !== 'hostvars'),
      (name) => (typeof name === 'string' && name !== 'hostvars' ? known(scope, name) : undefined),
    );
  }

  private varsFiles(frame: PlayFrame, host?: string): Layer[] {
    const { play } = frame;
    if (play.varsFiles.length === 0) return [];
    const { store } = this;
    const directory = play.directory;
    const below = [
      ...(host === undefined ? [] : [this.magicOf(host)]),
      this.playMagicOf(frame),
      store.extraVars,
      ...(host === undefined ? [] : [store.registeredOf(host)]),
      frame.prompts,
      play.keywords.vars ?? new Map(),
      ...(host === undefined ? [] : [this.injected(host), ...store.inventoryLayers(host, directory)]),
    ];
    const scope = new VarScope(below, makeWorld({ ...this.world, playbookDir: directory }, [directory]));
    return play.varsFiles.flatMap((entry) => this.varsFile(evaluateName(entry, scope), play) ?? []).reverse();
  }

  /** One entry of vars_files: a file, or a list of which the first that exists counts. */
  private varsFile(entry: Value, { directory, position }: Play): Layer | undefined {
    if (entry === null) return undefined;
    const names = (Array.isArray(entry) ? entry : [entry]).map(String);
    const candidates = names.flatMap((name) => [resolve(directory, 'vars', name), resolve(directory, name)]);
    const path = candidates.find((candidate) => existsSync(candidate));
    if (!path) {
      throw new TsplayError('missing', `vars file ${names.join(', ')} was not found`, {
        position,
        hint: `looked in ${directory}`,
      });
    }
    return this.store.files.read(path, { lists: true }).vars;
  }
}

/** Roles whose variables the whole play sees, the last first. */
function rolesSeen({ roles }: PlayFrame): Role[] {
  return roles.filter((role) => role.public).toReversed();
}

function roleVars(role: Role): Layer[] {
  return [role.vars, ...dependenciesOf(role).map((dependency) => dependency.vars)];
}

function roleDefaults(role: Role): Layer[] {
  return [role.defaults, ...dependenciesOf(role).map((dependency) => dependency.defaults)];
}

function dependenciesOf(role: Role): Role[] {
  return role.dependencies
    .toReversed()
    .flatMap((block) => (block.role ? [block.role, ...dependenciesOf(block.role)] : []));
}

/** A name that needs facts not yet gathered is left out, as Ansible does. */
function evaluateName(entry: Raw, scope: VarScope): Value {
  try {
    return evaluate(entry, scope);
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'undefined') return null;
    throw error;
  }
}

/** A host's variable as other hosts see it: templates that use what only its tasks know stay as they are. */
function known(scope: VarScope, name: string): Value | undefined {
  try {
    return scope.get(name);
  } catch (error) {
    const raw = scope.raw(name);
    if (raw === undefined || !(error instanceof TsplayError) || error.kind !== 'undefined') throw error;
    return evaluateKnown(raw, scope);
  }
}
