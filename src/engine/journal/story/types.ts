import type { Recap, Status } from '../../model/event.ts';
import type { RunState } from '../summary.ts';
import type { PhaseStory } from './phases.ts';

/** What happened in a run, over all its parts. Times are milliseconds since the epoch, durations milliseconds. */
export interface Story {
  readonly run: string;
  readonly program: string;
  readonly command: string;
  readonly playbooks: readonly string[];
  readonly check: boolean;
  readonly state: RunState;
  readonly exit?: number | undefined;
  readonly started: number;
  /** When it was last heard of. */
  readonly ended: number;
  /** One, and one more for each time it was resumed. */
  readonly parts: readonly Part[];
  /** In the order in which they came up. */
  readonly hosts: readonly string[];
  readonly plays: readonly PlayStory[];
  readonly phases: readonly PhaseStory[];
  /** In the order in which they were come to first. */
  readonly tasks: readonly TaskStory[];
  readonly warnings: readonly { readonly message: string; readonly at?: string | undefined }[];
  /** The task that a run which goes on is at. */
  readonly now?: { readonly name: string; readonly at: string; readonly since: number } | undefined;
  /** Counters by host, of a run that came to an end. */
  readonly recap: ReadonlyMap<string, Recap> | undefined;
}

export interface Part {
  readonly from: number;
  readonly to: number;
}

export interface PlayStory {
  /** Among the plays of the run, from 0. */
  readonly index: number;
  readonly name: string;
  /** `site.yml:1:3`; absent until it was begun. */
  readonly at?: string | undefined;
  readonly hosts: readonly string[];
  readonly started?: number | undefined;
  readonly ended?: number | undefined;
}

export interface TaskStory {
  /** Index of its play. */
  readonly play: number;
  /** The innermost phase that it stands in. */
  readonly phase?: string | undefined;
  readonly name: string;
  readonly action: string;
  readonly at: string;
  readonly handler: boolean;
  readonly started: number;
  /** In the order in which they came; a host has several where the task was tried again by a later part of the run. */
  readonly results: readonly ResultStory[];
}

export interface ResultStory {
  readonly host: string;
  readonly status: Status;
  readonly ignored: boolean;
  /** A failure that a rescue took care of, or another try of its phase. */
  readonly rescued: boolean;
  /** A failure after which the host went on in a later part of the run. */
  readonly outlived: boolean;
  readonly delegatedTo?: string | undefined;
  /** When it ended. */
  readonly time: number;
  readonly ms: number;
  /** What it changed, or why it failed, as its journal sealed it. */
  readonly sealed?: string | undefined;
  readonly items: readonly { readonly status: Status; readonly sealed?: string | undefined }[];
}

/** How a result is counted; a failure that was ignored, rescued or tried again is tolerated. */
export type Outcome = Status | 'tolerated';

export function outcomeOf(result: ResultStory): Outcome {
  const { status } = result;
  return (status === 'failed' || status === 'unreachable') && !isLoss(result) ? 'tolerated' : status;
}

export type Counts = Readonly<Record<Outcome, number>>;

export function countsOf(results: Iterable<ResultStory>): Counts {
  const counts = { ok: 0, changed: 0, skipped: 0, unknown: 0, tolerated: 0, failed: 0, unreachable: 0 };
  for (const result of results) counts[outcomeOf(result)]++;
  return counts;
}

/** How a task ended on each host. */
export function lastResults({ results }: TaskStory): ReadonlyMap<string, ResultStory> {
  return new Map(results.map((result) => [result.host, result]));
}

/** Whether a result counts as a failure of its host. */
export function isLoss(result: ResultStory): boolean {
  return endedHost(result) && !result.outlived;
}

/** Whether the part of the run in which it was ended there for its host. */
export function endedHost({ status, ignored, rescued }: ResultStory): boolean {
  return (status === 'failed' || status === 'unreachable') && !ignored && !rescued;
}
