import type { Place } from '../journal/types.ts';
import type { Change } from '../model/change.ts';
import type { TaskInfo } from '../model/event.ts';
import type { Position } from '../model/source.ts';
import type { HostView } from '../remote/types.ts';

/** Follows a run task by task: one makes a plan of what would be done, another holds the run to a plan. */
export interface Overseer {
  /** The run was about to do what it must not, and ends for it. */
  readonly departed: boolean;
  /** A host comes to a task, or to a turn of its loop. */
  come(place: Place, visit: Visit): void;
  /** The task is about to look at a host and to decide; once for each try. */
  watch(place: Place, work: Work): Watch;
  /** A task notifies these handlers; or may do so, where nobody can tell whether it changes anything. */
  notifies(place: Place, handlers: readonly NotifiedHandler[], certain: boolean): void;
}

export interface Visit {
  readonly info: TaskInfo;
  /** Places of the includes that brought the task, nearest first. */
  readonly includes: readonly Position[];
}

export interface Work {
  /** The host that is touched. */
  readonly target: string;
  /** Whether nothing is changed. */
  readonly checkMode: boolean;
  /** The user's own way to take the task back, if there is one. */
  readonly undo: () => string | undefined;
  /** The task says that it changes nothing (`changed_when: false`). */
  readonly looksOnly: boolean;
}

export interface NotifiedHandler {
  /** Digest of what it says. */
  readonly task: string;
  readonly name: string;
}

/** One try of a task on one host. */
export interface Watch {
  /** The same host, with an eye on what is looked at. */
  over(view: HostView): HostView;
  /** What is to be done, and from which state; nothing is done yet. Throws TsplayError('departure') to keep it from being done. */
  decided(decision: Decision): void;
}

export interface Decision {
  readonly changes: readonly Change[];
  /** What the module's `inspect` gave. */
  readonly before: unknown;
}
