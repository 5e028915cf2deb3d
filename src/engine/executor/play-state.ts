import type { LimitFunction } from 'p-limit';
import type { TaskInfo } from '../model/event.ts';
import type { Task } from '../model/playbook.ts';
import type { PlayFrame } from '../vars/frame.ts';
import type { RunContext } from './context.ts';
import type { Handlers } from './handlers.ts';
import type { HostRun } from './host-run.ts';
import type { Strategy } from './strategy.ts';

/** Hosts that take no part any more. */
export interface Losses {
  readonly failed: Set<string>;
  readonly unreachable: Set<string>;
}

/** A batch of a play while it runs: shared by the programs of its hosts. */
export interface PlayState {
  readonly run: RunContext;
  /** Of the play among those of the run, from 0. */
  readonly index: number;
  readonly frame: PlayFrame;
  /** Hosts of the batch, in order. */
  readonly hosts: ReadonlyMap<string, HostRun>;
  readonly handlers: Handlers;
  readonly strategy: Strategy;
  /** Whether somebody looks at every failure: strategy `debug`, or the setting. */
  readonly debugging: boolean;
  /** At most `forks` hosts work at the same time. */
  readonly slots: LimitFunction;
  /** By task: at most `throttle` hosts work on it at the same time. */
  readonly throttles: Map<number, LimitFunction>;
  /** Failing more of the batch than this (percent) ends it for all. */
  readonly maxFailPercentage: number | undefined;
  /** Hosts lost in this play's earlier batches and in the plays before. */
  readonly losses: Losses;
  /** Hosts whose task waits for what others share. */
  readonly waiting: Set<string>;
  /** Task infos by place, so that hosts which come one by one (strategy free) share one. */
  readonly infos: Map<string, TaskInfo>;
}

/** A place where hosts meet: the task there. */
export interface Site {
  readonly task: Task;
  readonly handler: boolean;
}
