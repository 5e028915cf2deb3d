import { Undefined, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, equal, fail, pyStr, truthy, typeName } from '../values.ts';

export const filters: Filters = {
  bool(value) {
    return toBool(value);
  },
  mandatory(value, args, kwargs) {
    if (!(value instanceof Undefined)) return value;
    const { msg = null } = bind(args, kwargs, ['msg'], 'mandatory');
    if (msg !== null) fail(pyStr(msg));
    const name = /^'([^']+)' is undefined/.exec(value.message)?.[1];
    return fail(`Mandatory variable ${name ? `'${name}' ` : ''} not defined.`);
  },
  ternary(value, args, kwargs) {
    const names = ['true_val', 'false_val', 'none_val'] as const;
    const { true_val = null, false_val = null, none_val = null } = bind(args, kwargs, names, 'ternary', 2);
    if (value === null && none_val !== null) return none_val;
    return truthy(value) ? true_val : false_val;
  },
  type_debug(value, _args, _kwargs, { scope }) {
    const encrypted = typeof value === 'string' && scope.world.wasEncrypted?.(value);
    return encrypted ? 'AnsibleVaultEncryptedUnicode' : typeName(value);
  },
};

/** Ansible's `bool`: None stays None; `yes`, `on`, `1`, `true` and 1 are true, all else is false. */
export function toBool(value: Value): Value {
  if (defined(value) === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return ['yes', 'on', '1', 'true'].includes(value.toLowerCase());
  return !Array.isArray(value) && !(value instanceof Map) && equal(value, 1);
}
