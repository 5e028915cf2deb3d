import type { Value } from '../model/value.ts';
import { fail } from './values/fail.ts';

/**
 * Binds positional and named arguments to `names`, as a Python function would.
 *
 * A parameter that was not given is missing from the answer; so `const { indent = 4 } = bind(...)` sets its default.
 * @param required how many of the first names must be given
 * @throws TsplayError with Python's words for too many, unknown, double or missing arguments
 */
export function bind<Name extends string>(
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
  names: readonly Name[],
  callee: string,
  required = 0,
): { [name in Name]?: Value } {
  if (args.length > names.length) {
    fail(`${callee}() takes at most ${names.length} argument${names.length === 1 ? '' : 's'} (${args.length} given)`);
  }
  const bound: { [name in Name]?: Value } = {};
  for (const [index, value] of args.entries()) bound[names[index] as Name] = value;
  for (const [name, value] of kwargs) {
    if (!names.includes(name as Name)) fail(`${callee}() got an unexpected keyword argument '${name}'`);
    if (Object.hasOwn(bound, name)) fail(`${callee}() got multiple values for argument '${name}'`);
    bound[name as Name] = value;
  }
  for (const name of names.slice(0, required)) {
    if (!Object.hasOwn(bound, name)) fail(`${callee}() missing required argument: '${name}'`);
  }
  return bound;
}
