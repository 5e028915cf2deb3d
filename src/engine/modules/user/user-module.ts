import { basename } from 'node:path';
import { isScript } from '../../playbook/content/plugins.ts';
import type { LoadScript } from '../../playbook/content/scripts/script-loader.ts';
import type { ModuleDefinition } from '../types.ts';
import { definitionModule } from './definition.ts';
import { isProgram, programModule } from './program.ts';

/** The module that a file of the user is; `name` is as the task's `action` has it. */
export async function userModule(name: string, path: string, load: LoadScript): Promise<ModuleDefinition> {
  const short = name.split('.').at(-1)!;
  if (isScript(basename(path)) && !isProgram(path)) return definitionModule(short, path, await load(path));
  return programModule(short, path) as ModuleDefinition;
}
