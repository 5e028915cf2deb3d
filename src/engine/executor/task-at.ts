import type { TaskInfo } from '../model/event.ts';
import type { Task } from '../model/playbook.ts';
import type { ModuleDefinition, Peers } from '../modules/types.ts';
import type { PlayFrame } from '../vars/frame.ts';
import type { RunContext } from './context.ts';

/** A task as it comes up in a play: the same for all hosts that meet there. */
export interface TaskAt {
  readonly run: RunContext;
  readonly frame: PlayFrame;
  readonly task: Task;
  readonly info: TaskInfo;
  /** The other hosts of the play. */
  readonly peers: Peers;
  /** Absent for the executor's own actions. */
  readonly module?: ModuleDefinition | undefined;
}
