import { dirname, isAbsolute, resolve } from 'node:path';
import type { Position } from '../model/source.ts';
import type { Scope } from '../model/value.ts';
import { statPath } from '../yaml/stat-path.ts';
import { readHeader } from './header.ts';
import { compileTemplate, faultError } from './program.ts';
import type { LoadTemplate } from './runtime/loader.ts';
import type { Program } from './runtime/program.ts';
import { FILE_SYNTAX, type Syntax } from './syntax/options.ts';

/**
 * Finds the templates that others include, import or extend: beside the template that names them, then along the search
 * path of the task, in `templates/` of each folder and in the folder itself.
 */
export function loaderFor(scope: Scope, syntax: Syntax = FILE_SYNTAX): LoadTemplate {
  const loaded = new Map<string, Program>();
  return (name, from, alone) => {
    const path = candidates(name, from, scope).find(isFile);
    if (path === undefined) return undefined;
    const known = alone ? undefined : loaded.get(path);
    if (known) return known;
    const text = scope.world.readFile(path).toString('utf8');
    const position = { file: path, line: 1, column: 1 };
    try {
      if (alone) return compileAlone(text, alone, scope, position);
      const program = compileTemplate(text, syntax, position);
      loaded.set(path, program);
      return program;
    } catch (error) {
      throw faultError(error, text, position);
    }
  };
}

function compileAlone(text: string, given: Partial<Syntax>, { world }: Scope, position: Position): Program {
  const { body, syntax, line } = readHeader(text, { ...FILE_SYNTAX, ...given }, world);
  return compileTemplate(body, syntax, { ...position, line });
}

function candidates(name: string, from: string | undefined, { world }: Scope): string[] {
  if (isAbsolute(name)) return [name];
  const folders = world.searchPath.flatMap((folder) => [resolve(folder, 'templates'), folder]);
  return [...(from === undefined ? [] : [dirname(from)]), ...folders, world.playbookDir].map((folder) =>
    resolve(folder, name),
  );
}

function isFile(path: string): boolean {
  // A file's name cannot hold a null byte, and Node refuses to ask for one.
  return !path.includes('\0') && (statPath(path)?.isFile() ?? false);
}
