import { TsplayError } from '../../model/errors.ts';
import type { Console } from '../context.ts';
import { type Command, parseCommand } from './command.ts';
import { pretty } from './pretty.ts';
import type { Scene } from './scene.ts';

/** How it goes on after somebody looked. */
export type Next = 'redo' | 'continue' | 'quit';

const HELP = `p EXPRESSION            print: task, task.args, task_vars['name'], host, result._result
task.args['name'] = X   set an argument
task_vars['name'] = X   set a variable
update_task (u)         give the task back its own arguments
redo (r)                run the task again
continue (c)            go on
quit (q)                end the run`;

/** Reads and carries out commands until one says how to go on. */
export async function debug(scene: Scene, prompt: string, { ask, say }: Console): Promise<Next> {
  for (;;) {
    const command = parseCommand(await ask(prompt));
    if (command.kind === 'quit') say('User interrupted execution');
    if (command.kind === 'redo' || command.kind === 'continue' || command.kind === 'quit') return command.kind;
    try {
      const answer = carryOut(command, scene);
      if (answer !== undefined) say(answer);
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      say(`***${error.message}`);
    }
  }
}

function carryOut(command: Command, scene: Scene): string | undefined {
  switch (command.kind) {
    case 'help':
      return HELP;
    case 'print':
      return pretty(scene.evaluate(command.expression));
    case 'assign':
      scene.assign(command.target, scene.evaluate(command.expression));
      return undefined;
    case 'delete':
      scene.delete(command.target);
      return undefined;
    case 'update':
      scene.reset();
      return undefined;
    case 'evaluate': {
      const value = scene.evaluate(command.expression);
      return value === null ? undefined : pretty(value);
    }
    default:
      return undefined;
  }
}
