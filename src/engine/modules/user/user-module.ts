import type { ModuleDefinition } from '../types.ts';
import { programModule } from './program.ts';

/** The module that a file of the user is; `name` is as the task's `action` has it. */
export async function userModule(name: string, path: string): Promise<ModuleDefinition> {
  return programModule(name.split('.').at(-1)!, path) as ModuleDefinition;
}
