import type { Dict, Raw, Value } from '../model/value.ts';
import type { ArgSpec, ModuleDefinition } from './types.ts';

/** What a module sees of an argument of each type, after coercion. Sizes are in bytes (bits), floats plain numbers. */
interface TypeOf {
  str: string;
  path: string;
  bool: boolean;
  int: number;
  float: number;
  list: Value[];
  dict: Dict;
  raw: Value;
  bytes: number;
  bits: number;
  json: string;
  jsonarg: string;
}

type Given<S extends ArgSpec> = S extends { deferred: true }
  ? Raw
  : S extends { type: 'list'; elements: infer E extends ArgSpec['type'] }
    ? TypeOf[E][]
    : S extends { type: 'str'; choices: readonly (infer C)[] }
      ? C
      : TypeOf[S['type']];

type Argument<S extends ArgSpec> = S extends { required: true }
  ? Given<S>
  : S extends { default: infer D }
    ? D extends null
      ? Given<S> | null
      : Given<S>
    : Given<S> | null;

/** The arguments that a table of specs gives: what is neither required nor has a default may be null. */
export type ArgsOf<T extends Readonly<Record<string, ArgSpec>>> = { readonly [K in keyof T]: Argument<T[K]> };

export type Definition<T extends Readonly<Record<string, ArgSpec>>, I, S> = Omit<
  ModuleDefinition<ArgsOf<T>, I, S>,
  'args'
> & {
  readonly args: T;
};

/** Types a module's functions from its argument table: `args.mode` is known to be what the table says. */
export function defineModule<const T extends Readonly<Record<string, ArgSpec>>, I = undefined, S = undefined>(
  definition: Definition<T, I, S>,
): ModuleDefinition<ArgsOf<T>, I, S> {
  return definition;
}
