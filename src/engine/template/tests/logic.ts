import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Context, Tests } from '../types.ts';
import { Undecrypted } from '../values/undecrypted.ts';
import { contains, defined, isNumeric, iterate, pyStr, toNumber, truthy } from '../values.ts';

const TRUE_WORDS = ['y', 'yes', 'on', '1', 'true', 't', '1.0'];
const FALSE_WORDS = ['n', 'no', 'off', '0', 'false', 'f', '0.0'];

export const tests: Tests = {
  all: (value) => iterate(value).every(truthy),
  any: (value) => iterate(value).some(truthy),
  contains(value, args, kwargs) {
    const { value: member = null } = bind(args, kwargs, ['value'], 'contains', 1);
    return contains(value, member);
  },
  falsy: (value, args, kwargs) => !isTruthy(value, args, kwargs),
  isnan: isNan,
  issubset: (value, args) => isSubset(value, args[0] ?? null),
  issuperset: (value, args) => isSubset(args[0] ?? null, value),
  nan: isNan,
  subset: (value, args) => isSubset(value, args[0] ?? null),
  superset: (value, args) => isSubset(args[0] ?? null, value),
  truthy: isTruthy,
  // What is not trusted is never marked here: it simply is not evaluated.
  unsafe: () => false,
  vault_encrypted: isVaultEncrypted,
};

function isTruthy(value: Value, args: Value[], kwargs: Map<string, Value>): boolean {
  const { convert_bool = false } = bind(args, kwargs, ['convert_bool'], 'truthy');
  if (!truthy(convert_bool)) return truthy(value);
  const word = typeof value === 'string' || isNumeric(value) ? pyStr(value).toLowerCase().trim() : '';
  if (TRUE_WORDS.includes(word)) return true;
  return FALSE_WORDS.includes(word) ? false : truthy(value);
}

/** What a `!vault` text gave is an ordinary text by now; so it is known by its value. */
function isVaultEncrypted(value: Value, _args: Value[], _kwargs: Map<string, Value>, { scope }: Context): boolean {
  if (value instanceof Undecrypted) return true;
  return typeof defined(value) === 'string' && (scope.world.wasEncrypted?.(value as string) ?? false);
}

function isNan(value: Value): boolean {
  return isNumeric(value) && Number.isNaN(toNumber(value));
}

function isSubset(part: Value, whole: Value): boolean {
  const members = iterate(whole) as Value[];
  return iterate(part).every((item) => contains(members, item));
}
