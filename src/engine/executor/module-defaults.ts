import { OMIT, type Raw, type Value } from '../model/value.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import { evaluate } from '../template/compile.ts';
import type { VarScope } from '../vars/scope.ts';

/** Defaults that `module_defaults` around a task give to its module: those of the innermost level that names it. */
export function moduleDefaults(module: ModuleDefinition, levels: readonly Raw[], scope: VarScope): Map<string, Value> {
  if (levels.length === 0) return new Map();
  const names = new Set(
    [module.name, ...(module.aliases ?? [])].flatMap((name) => [
      name,
      `${module.collection}.${name}`,
      `ansible.builtin.${name}`,
      `ansible.legacy.${name}`,
    ]),
  );
  const named = (level: Raw): Raw | undefined => {
    const entries = level instanceof Map ? level : evaluate(level, scope);
    const entry = entries instanceof Map ? [...entries].findLast(([name]) => names.has(String(name))) : undefined;
    return entry?.[1];
  };
  const nearest = levels
    .toReversed()
    .map(named)
    .find((args) => args !== undefined);
  const args = nearest === undefined ? undefined : evaluate(nearest, scope);
  if (!(args instanceof Map)) return new Map();
  return new Map([...args].filter(([, entry]) => entry !== OMIT).map(([key, entry]) => [String(key), entry]));
}
