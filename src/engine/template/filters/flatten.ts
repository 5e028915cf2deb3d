import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, iterate, toIndex, truthy } from '../values.ts';

export const filters: Filters = {
  flatten(value, args, kwargs, { budget }) {
    const { levels = null, skip_nulls = true } = bind(args, kwargs, ['levels', 'skip_nulls'], 'flatten');
    const depth = levels === null ? Number.POSITIVE_INFINITY : toIndex(levels);
    const flat = flatten(iterate(value), depth, truthy(skip_nulls));
    budget.grow(flat.length);
    return flat;
  },
};

/** The members of nested lists, down to `levels`; None and the texts that look like it are left out if `skipNulls`. */
export function flatten(items: readonly Value[], levels = Number.POSITIVE_INFINITY, skipNulls = true): Value[] {
  const flat: Value[] = [];
  for (const item of items) {
    if (skipNulls && (defined(item) === null || item === 'None' || item === 'null')) continue;
    if (Array.isArray(item) && levels >= 1)
      for (const member of flatten(item, levels - 1, skipNulls)) flat.push(member);
    else flat.push(item);
  }
  return flat;
}
