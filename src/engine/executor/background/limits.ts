import { TsplayError } from '../../model/errors.ts';
import type { ModuleDefinition } from '../../modules/types.ts';
import type { VarScope } from '../../vars/scope.ts';
import { number } from '../keywords.ts';
import type { TaskAt } from '../task-at.ts';

/** What `async` and `poll` ask for, in seconds. */
export interface Background {
  readonly limit: number;
  /** 0: the play goes on at once. */
  readonly poll: number;
}

/** Undefined for a task in the foreground. Throws for a module that cannot go to the background. */
export function backgroundOf(at: TaskAt, module: ModuleDefinition, scope: VarScope): Background | undefined {
  const { task, frame, run } = at;
  const limit = number(task, frame.play, 'async', scope) ?? 0;
  if (limit <= 0) return undefined;
  if (module.controllerOnly || module.background === 'never') {
    const message = `This action (${task.written}) does not support async.`;
    throw new TsplayError('module', message, { position: task.position });
  }
  return { limit, poll: number(task, frame.play, 'poll', scope) ?? run.settings.pollInterval };
}

/** How often a job's time is looked at. */
const STEP = 5;

/**
 * Seconds after which a job is ended. As Ansible looks at its jobs every five seconds, the first time after five, a
 * task with `async: 1` that waits two seconds before it restarts the host gets to it.
 */
export function endedAfter(limit: number): number {
  return STEP + Math.ceil(limit / STEP) * STEP;
}
