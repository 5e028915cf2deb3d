import { TsplayError } from '../model/errors.ts';
import type { Raw, Scope, Value, World } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { mergeDicts } from '../template/filters/combine.ts';
import { type Doubt, EMPTY_LAYER, type Layer } from './layer.ts';
import { Lookup } from './lazy-dict.ts';

/**
 * Variables of one task on one host: levels from the highest precedence to the lowest. Nothing is merged or copied; a
 * name is looked up level by level, evaluated when first asked for, and remembered.
 */
export class VarScope implements Scope {
  readonly world: World;
  private readonly layers: readonly Layer[];
  private readonly known = new Map<string, Value>();
  private readonly evaluating = new Set<string>();

  private readonly fallback: Layer;
  /** Names that were asked for and are not to be relied on. */
  readonly doubts: Map<string, Doubt>;

  constructor(
    layers: readonly Layer[],
    world: World,
    fallback: Layer = EMPTY_LAYER,
    doubts: Map<string, Doubt> = new Map<string, Doubt>(),
  ) {
    this.doubts = doubts;
    this.layers = layers;
    this.world = world;
    this.fallback = fallback;
  }

  get(name: string): Value | undefined {
    if (name === 'vars') return this.everything();
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const own = this.raw(name);
    const raw = own === undefined ? this.fallback.get(name) : own;
    if (raw === undefined) return undefined;
    if (this.evaluating.has(name)) throw this.cycle(name);
    this.evaluating.add(name);
    try {
      const value = this.isMerging() ? this.merged(name, raw) : evaluate(raw, this);
      this.known.set(name, value);
      return value;
    } finally {
      this.evaluating.delete(name);
    }
  }

  /** `vars`: all variables as one dict. */
  private everything(): Value {
    return new Lookup(
      () => this.names(),
      (name) => (typeof name === 'string' ? this.get(name) : undefined),
    );
  }

  /** The value if some level says it, evaluated; not what is assumed where none does. */
  said(name: string): Value | undefined {
    return this.raw(name) === undefined ? undefined : this.get(name);
  }

  /** The value as it stands in its level, not evaluated. */
  raw(name: string): Raw | undefined {
    for (const layer of this.layers) {
      const raw = layer.get(name);
      if (raw === undefined) continue;
      const doubt = layer.doubtOf?.(name);
      if (doubt !== undefined) this.doubts.set(name, doubt);
      return raw;
    }
    return undefined;
  }

  /** hash_behaviour = merge: a dict is one with those of the same name below it. */
  private merged(name: string, raw: Raw): Value {
    const top = evaluate(raw, this);
    if (!(top instanceof Map)) return top;
    let merged = top;
    for (const layer of this.layers) {
      const below = layer.get(name);
      if (below === undefined || below === raw) continue;
      const value = evaluate(below, this);
      if (!(value instanceof Map)) break;
      merged = mergeDicts(value, merged, true, 'replace') as typeof merged;
    }
    return merged;
  }

  private isMerging(): boolean {
    return this.world.setting?.('DEFAULT_HASH_BEHAVIOUR')?.value === 'merge';
  }

  names(): Iterable<string> {
    const names = new Set<string>();
    for (const layer of this.layers) for (const name of layer.keys()) names.add(name);
    return names;
  }

  with(vars: ReadonlyMap<string, Raw>): VarScope {
    return new VarScope([vars, ...this.layers], this.world, this.fallback, this.doubts);
  }

  /** The same, with other values where no level says one. */
  assuming(fallback: Layer): VarScope {
    return new VarScope(this.layers, this.world, fallback, this.doubts);
  }

  /** The same variables for templates that search other folders. */
  in(world: World): VarScope {
    return new VarScope(this.layers, world, this.fallback, this.doubts);
  }

  /** The same, which knows anew of what it was asked that is not to be relied on. */
  attentive(): VarScope {
    return new VarScope(this.layers, this.world, this.fallback);
  }

  /** Why something that was asked for is not to be relied on, if anything was: check mode left out what would tell. */
  get doubt(): string | undefined {
    const [first] = this.doubts.values();
    return first?.why;
  }

  private cycle(name: string): TsplayError {
    const ring = [...this.evaluating, name];
    const start = ring.indexOf(name);
    return new TsplayError('template', `recursive loop detected in variables: ${ring.slice(start).join(' -> ')}`, {
      hint: 'a variable cannot be defined by itself; give one of them another name',
    });
  }
}
