import type { SessionOptions } from '../remote/types.ts';
import type { VarScope } from '../vars/scope.ts';
import { becomeSettings } from './connections.ts';
import { environmentOf } from './environment.ts';
import { number } from './keywords.ts';
import type { TaskAt } from './task-at.ts';

/** As whom, in which environment and for how long a task works on a host; `host` is the one it works on, `targetScope` its variables. */
export function sessionOptions(at: TaskAt, host: string, scope: VarScope, targetScope: VarScope): SessionOptions {
  const { run, frame, task, info } = at;
  const become = becomeSettings(task, frame.play, scope, targetScope, run.defaults);
  if (become?.password) run.secret(become.password);
  return {
    become,
    environment: environmentOf(at, scope),
    timeout: timeLimit(at, scope),
    trace: run.traced && !info.noLog ? (command) => run.emit({ type: 'exec', host, command }) : undefined,
  };
}

/** Seconds: `timeout`. */
export function timeLimit({ task, frame }: TaskAt, scope: VarScope): number | undefined {
  return (number(task, frame.play, 'timeout', scope) ?? frame.settings.taskTimeout) || undefined;
}
