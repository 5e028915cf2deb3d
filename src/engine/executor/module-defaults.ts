import { OMIT, type Raw, type Value } from '../model/value.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import { evaluate } from '../template/compile.ts';
import type { VarScope } from '../vars/scope.ts';

/** Defaults that `module_defaults` around a task give to its module; inner levels win. */
export function moduleDefaults(module: ModuleDefinition, levels: readonly Raw[], scope: VarScope): Map<string, Value> {
  const defaults = new Map<string, Value>();
  if (levels.length === 0) return defaults;
  const names = new Set(
    [module.name, ...(module.aliases ?? [])].flatMap((name) => [
      name,
      `${module.collection}.${name}`,
      `ansible.builtin.${name}`,
      `ansible.legacy.${name}`,
    ]),
  );
  for (const level of levels) {
    const value = evaluate(level, scope);
    if (!(value instanceof Map)) continue;
    for (const [name, args] of value) {
      if (!names.has(String(name)) || !(args instanceof Map)) continue;
      for (const [key, entry] of args) if (entry !== OMIT) defaults.set(String(key), entry);
    }
  }
  return defaults;
}
