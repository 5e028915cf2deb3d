import { OMIT, type Raw, type Value } from '../model/value.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import { evaluate } from '../template/compile.ts';
import type { VarScope } from '../vars/scope.ts';

/**
 * Defaults that `module_defaults` around a task give to its module: those of the innermost level that names it, over
 * those of its groups.
 */
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
  const defaults = new Map<string, Value>();
  for (const raw of [...groupsOf(names, levels).values(), nearest]) {
    const args = raw === undefined ? undefined : evaluate(raw, scope);
    if (!(args instanceof Map)) continue;
    for (const [key, entry] of args) if (entry !== OMIT) defaults.set(String(key), entry);
  }
  return defaults;
}

/** What is said of the groups that a module is in, by the group; inner levels win. */
function groupsOf(names: ReadonlySet<string>, levels: readonly Raw[]): ReadonlyMap<string, Raw> {
  const groups = new Map<string, Raw>();
  for (const level of levels) {
    if (!(level instanceof Map)) continue;
    for (const [key, args] of level) {
      const [group = '', ...members] = String(key).split(' ');
      if (group.startsWith('group/') && members.some((member) => names.has(member))) groups.set(group, args);
    }
  }
  return groups;
}
