import type { Visit } from '../plan/overseer.ts';
import { ancestors } from '../vars/inherit.ts';
import type { TaskAt } from './task-at.ts';

/** What an overseer is told of a task that a host comes to. */
export function visitOf({ info, task }: TaskAt): Visit {
  const around = [...ancestors(task)].filter((at) => at !== task && at.kind === 'task');
  return { info, includes: around.map(({ position }) => position) };
}
