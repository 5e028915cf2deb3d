import type { Effect } from '../model/effect.ts';
import type { Value } from '../model/value.ts';
import type { RunContext } from './context.ts';
import type { Answer } from './result.ts';

/** Carries out what a module decided about the run: facts, variables, hosts and groups. */
export function carryOut(answer: Answer, hosts: readonly string[], run: RunContext): void {
  for (const host of hosts) {
    const facts = answer.result.get('ansible_facts');
    if (facts instanceof Map && isFacts(answer)) {
      run.variables.store.factsOf(host).add(facts);
    }
    for (const effect of answer.effects) carryOutOne(effect, host, run);
  }
}

/** `ansible_facts` of set_fact and include_vars are variables of other levels; those of all others are facts. */
function isFacts({ effects }: Answer): boolean {
  const kinds = effects.map(({ kind }) => kind);
  return kinds.includes('host-facts') || !(kinds.includes('facts') || kinds.includes('vars'));
}

/** Hosts and groups that a turn of a loop makes are there for the next one. */
export function extendInventory({ effects }: Answer, host: string, run: RunContext): void {
  for (const effect of effects) {
    if (effect.kind === 'add-host' || effect.kind === 'group-by') carryOutOne(effect, host, run);
  }
}

function carryOutOne(effect: Effect, host: string, run: RunContext): void {
  const { store } = run.variables;
  switch (effect.kind) {
    case 'facts': {
      for (const [name, value] of effect.facts) store.register(host, name, value);
      if (effect.cacheable) store.factsOf(host).add(effect.facts);
      return;
    }
    case 'host-facts':
      return; // Stand in the result as `ansible_facts`.
    case 'vars': {
      const included = store.includedOf(host);
      for (const [name, raw] of effect.vars) included.set(name, raw);
      return;
    }
    case 'add-host': {
      store.runTime.make(store.inventory, { ...effect, kind: 'host' });
      store.inventoryChanged();
      return;
    }
    case 'group-by': {
      store.runTime.make(store.inventory, { kind: 'group', name: effect.group, parents: effect.parents, host });
      store.inventoryChanged();
      return;
    }
    case 'forget-job':
      return run.jobs.forget(effect.id);
    case 'secrets':
      for (const text of effect.texts) run.secret(text);
      return;
    case 'stats': {
      addStats(run, effect.perHost ? host : '_run', effect.data, effect.aggregate);
    }
  }
}

function addStats(run: RunContext, key: string, data: ReadonlyMap<string, Value>, aggregate: boolean): void {
  const known = run.stats.get(key) ?? new Map<Value, Value>();
  run.stats.set(key, known);
  for (const [name, value] of data) {
    const before = known.get(name);
    known.set(name, aggregate && before !== undefined ? combined(before, value) : value);
  }
}

function combined(before: Value, value: Value): Value {
  if (Array.isArray(before) && Array.isArray(value)) return [...before, ...value];
  if (before instanceof Map && value instanceof Map) return new Map([...before, ...value]);
  if (typeof before === 'number' && typeof value === 'number') return before + value;
  if (typeof before === 'string' && typeof value === 'string') return before + value;
  return value;
}
