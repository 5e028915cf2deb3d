import { TsplayError } from '../model/errors.ts';
import type { Value } from '../model/value.ts';
import type { Context } from './types.ts';
import { defined, fail } from './values/fail.ts';
import { pyStr } from './values/repr.ts';

/**
 * Runs a lookup; `errors` among the options says what a failure does: `strict` (throws), `warn` or `ignore`.
 * @returns the list it found, or null where a failure is to be ignored
 */
export function queryLookup(
  name: string,
  terms: Value[],
  options: ReadonlyMap<string, Value>,
  context: Context,
): Value[] | null {
  const rest = new Map(options);
  const errors = pyStr(rest.get('errors') ?? 'strict');
  if (!['strict', 'warn', 'ignore'].includes(errors))
    fail(`lookup: errors must be strict, warn or ignore, not '${errors}'`);
  rest.delete('errors');
  for (const term of terms) defined(term);
  try {
    return context.lookup(name, terms, rest);
  } catch (error) {
    if (!(error instanceof TsplayError) || error.kind === 'undefined' || errors === 'strict') throw error;
    if (errors === 'warn') context.scope.world.warn(`Lookup failed but the error is being ignored: ${error.message}`);
    return null;
  }
}
