import { timerMs } from '../../model/timer.ts';
import type { Dict } from '../../model/value.ts';
import { startedResult } from '../../modules/background/status.ts';
import { type Attempt, attempt, conclude, decide } from '../attempt.ts';
import type { Reach } from '../reach.ts';
import { type Answer, answer, failure } from '../result.ts';
import { commandOf, detachCommand } from './detach.ts';
import type { Jobs, Work } from './jobs.ts';
import { type Background, endedAfter } from './limits.ts';
import { awaitJob } from './wait.ts';

export interface InBackground {
  readonly jobs: Jobs;
  readonly background: Background;
  /** Task and host. */
  readonly label: string;
  /** Where files of jobs stand. */
  readonly folder: string;
  /** What all tasks share, and what a job alone has. */
  readonly shared: Reach;
  readonly own: Reach;
  readonly attemptOver: (reach: Reach) => Attempt;
  readonly interrupted: AbortSignal;
  readonly tell: (state: 'running' | 'ok' | 'failed', result: Dict) => void;
}

/** `async`: begins the work and, unless `poll` is 0, waits for it. */
export async function runInBackground(task: InBackground): Promise<Answer> {
  const started = await begin(task);
  const { background, shared } = task;
  return background.poll === 0 ? started : awaitJob(started, { ...task, reach: shared });
}

async function begin(task: InBackground): Promise<Answer> {
  const { jobs, background, shared, own, attemptOver } = task;
  const first = attemptOver(shared);
  if (first.module.background !== 'host') return carryOn(attempt(attemptOver(own)), own, task);
  const decided = await decide(first);
  const command = commandOf(decided);
  // Where nothing runs on the host there is nothing that it could carry on.
  if (first.checkMode || !command) return carryOn(conclude(first, decided), undefined, task);
  return detachCommand(first, decided, command, background.limit, jobs);
}

/** Lets work go on that the controller does; `held` is let go of when it is over. */
function carryOn(
  work: Promise<Answer>,
  held: Reach | undefined,
  { jobs, background, label, folder }: InBackground,
): Answer {
  const id = jobs.newId();
  const end = async () => held?.drop();
  jobs.addCarried(id, { label, end, done: bounded(work, background.limit, end) } satisfies Work);
  return answer(startedResult(id, `${folder}/${id}`));
}

/** The answer of the work, or that its time was over. */
async function bounded(work: Promise<Answer>, limit: number, end: () => Promise<void>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(timedOut()), timerMs(endedAfter(limit)));
  });
  try {
    return await Promise.race([work.catch(failure), overdue]);
  } finally {
    clearTimeout(timer);
    await end();
  }
}

function timedOut(): Answer {
  return answer(
    new Map<string, boolean | string>([
      ['failed', true],
      ['msg', 'Timeout exceeded'],
    ]) as Dict,
  );
}
