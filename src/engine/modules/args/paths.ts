import type { Value } from '../../model/value.ts';
import type { HostView } from '../../remote/types.ts';
import type { ModuleDefinition } from '../types.ts';

/**
 * The arguments with `~` and `$VAR` of every path expanded as the remote user sees them: the engine's step between
 * coercion and `prepare`. No round trip when there is nothing to expand.
 */
export async function expandPaths(
  definition: Pick<ModuleDefinition, 'args'>,
  args: Readonly<Record<string, Value>>,
  host: HostView,
): Promise<Record<string, Value>> {
  const result: Record<string, Value> = Object.assign(Object.create(null), args);
  const work = Object.entries(definition.args).map(async ([name, spec]) => {
    const value = args[name];
    if (spec.type === 'path' && typeof value === 'string') result[name] = await host.expand(value);
    else if (spec.elements === 'path' && Array.isArray(value)) {
      result[name] = await Promise.all(value.map((item) => host.expand(item as string)));
    }
  });
  await Promise.all(work);
  return result;
}

/** Values of arguments that are secrets, so that they can be redacted everywhere. */
export function secretsOf(definition: Pick<ModuleDefinition, 'args'>, args: Readonly<Record<string, Value>>): string[] {
  const secrets = Object.entries(definition.args).flatMap(([name, spec]) => (spec.noLog ? [args[name]] : []));
  return secrets.filter((value): value is string => typeof value === 'string' && value !== '');
}
