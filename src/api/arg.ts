import type { ArgSpec } from '../engine/modules/types.ts';

type Options = Omit<ArgSpec, 'type'>;

function ofType<const T extends ArgSpec['type']>(
  type: T,
): <const O extends Options>(options: O) => O & { readonly type: T } {
  return (options) => ({ ...options, type });
}

/** Arguments of a module by their type: `path: arg.path({ required: true, doc: 'The file.' })`. */
export const arg = {
  str: ofType('str'),
  path: ofType('path'),
  bool: ofType('bool'),
  int: ofType('int'),
  float: ofType('float'),
  list: ofType('list'),
  dict: ofType('dict'),
  raw: ofType('raw'),
};
