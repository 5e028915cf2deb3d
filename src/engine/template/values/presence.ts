import type { Value } from '../../model/value.ts';

/** The value, or the fallback where there is none. Not `??`, for None is a value. */
export function orElse(value: Value | undefined, fallback: () => Value): Value {
  return value === undefined ? fallback() : value;
}
