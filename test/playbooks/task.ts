import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { builtProgram } from '../lab/program.ts';
import { type Answer, run } from '../lab/run.ts';

interface Taskfile {
  readonly version: string;
  readonly tasks: Readonly<Record<string, { readonly desc: string; readonly cmds: readonly string[] }>>;
}

export function readTaskfile(path: string): Taskfile {
  return parse(readFileSync(path, 'utf8')) as Taskfile;
}

/** Runs the command of a task as go-task would: `task NAME -- ARGUMENTS`. Its templates know just what is replaced here. */
export function runTask(path: string, name: string, args: readonly string[], env = process.env): Promise<Answer> {
  const [command = ''] = readTaskfile(path).tasks[name]?.cmds ?? [];
  const words = command.split(' ').flatMap((word) => {
    if (word === '{{.TSPLAY}}') return [process.execPath, builtProgram()];
    return word === '{{.CLI_ARGS}}' ? args : [word.replace('{{.TASKFILE_DIR}}', resolve(dirname(path)))];
  });
  const [program = '', ...rest] = words;
  return run(program, rest, '', env);
}
