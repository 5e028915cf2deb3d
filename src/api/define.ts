import { type Definition, defineModule as define } from '../engine/modules/define.ts';
import type { ArgSpec, ModuleDefinition } from '../engine/modules/types.ts';

/** A module of the user: it has the name of its file. */
type UserDefinition<T extends Readonly<Record<string, ArgSpec>>, I, S> = Omit<
  Definition<T, I, S>,
  'name' | 'collection' | 'aliases' | 'freeForm'
>;

/** Types a module's functions from its argument table: `args.mode` is known to be what the table says. */
export function defineModule<const T extends Readonly<Record<string, ArgSpec>>, I = undefined, S = undefined>(
  definition: UserDefinition<T, I, S>,
): ModuleDefinition {
  return define<T, I, S>({ ...definition, name: '', collection: '' } as Definition<T, I, S>) as ModuleDefinition;
}
