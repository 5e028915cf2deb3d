import { basename } from 'node:path';
import { splitFullName } from '../../playbook/collections.ts';
import { isScript } from '../../playbook/content/plugins.ts';
import type { LoadScript } from '../../playbook/content/scripts/script-loader.ts';
import type { ModuleDefinition } from '../types.ts';
import { definitionModule } from './definition.ts';
import { isProgram, programModule } from './program.ts';

/** The module that a file of the user is; `name` is as the task's `action` has it. */
export async function userModule(name: string, path: string, load: LoadScript): Promise<ModuleDefinition> {
  const full = splitFullName(name);
  const short = name.split('.').at(-1)!;
  const module =
    isScript(basename(path)) && !isProgram(path)
      ? definitionModule(short, path, await load(path))
      : (programModule(short, path) as ModuleDefinition);
  return full ? { ...module, collection: full.collection } : module;
}
