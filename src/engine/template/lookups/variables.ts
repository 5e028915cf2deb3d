import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { search } from '../regex.ts';
import type { Context, Lookups } from '../types.ts';
import { dictGet, fail, orElse, pyStr, typeName } from '../values.ts';

export const lookups: Lookups = {
  env(terms, options, { scope: { world } }) {
    return terms.map((term) => {
      const [name = ''] = pyStr(term).split(' ');
      return (Object.hasOwn(world.env, name) ? world.env[name] : undefined) ?? options.get('default') ?? '';
    });
  },
  varnames(terms, _options, { scope }) {
    const names = [...scope.names()];
    return terms.flatMap((term) => names.filter((name) => search(nameOf(term), name)));
  },
  vars(terms, options, context) {
    const fallback = options.get('default') ?? null;
    return terms.map((term) => {
      const name = nameOf(term);
      return orElse(lookUp(name, fallback, context), () => fallback ?? missing(name));
    });
  },
};

function nameOf(term: Value): string {
  if (typeof term === 'string') return term;
  return fail(`Invalid setting identifier, "${pyStr(term)}" is not a string, it is a ${typeName(term)}`);
}

/** The value, or nothing where it or what it is made of is not defined and there is a default. */
function lookUp(name: string, fallback: Value, { scope }: Context): Value | undefined {
  try {
    const own = scope.get(name);
    return own === undefined ? hostVariable(name, scope) : own;
  } catch (error) {
    if (fallback !== null && error instanceof TsplayError && error.kind === 'undefined') return undefined;
    throw error;
  }
}

function hostVariable(name: string, scope: Context['scope']): Value | undefined {
  const hostvars = scope.get('hostvars');
  const host = hostvars instanceof Map ? dictGet(hostvars, scope.get('inventory_hostname') ?? null) : undefined;
  return host instanceof Map ? dictGet(host, name) : undefined;
}

function missing(name: string): never {
  throw new TsplayError('undefined', `No variable found with this name: ${name}`);
}
