import { TsplayError } from '../../model/errors.ts';
import type { Dict } from '../../model/value.ts';
import { type JobStatus, statusOfFile, statusOfJob } from '../../modules/background/status.ts';
import { pause } from '../pause.ts';
import type { Reach } from '../reach.ts';
import { type Answer, answer, is } from '../result.ts';
import type { Jobs } from './jobs.ts';
import type { Background } from './limits.ts';

export interface Waiting {
  readonly jobs: Jobs;
  readonly background: Background;
  /** The host, where the job's file is. */
  readonly reach: Reach;
  readonly interrupted: AbortSignal;
  readonly tell: (state: 'running' | 'ok' | 'failed', result: Dict) => void;
}

/** `poll`: looks at a job until it has ended or its time is over. The answer is that of the task. */
export async function awaitJob(started: Answer, waiting: Waiting): Promise<Answer> {
  const { jobs, background, tell } = waiting;
  const id = String(started.result.get('ansible_job_id'));
  const file = String(started.result.get('results_file'));
  const status = await lastStatus(id, file, waiting);
  if (!status.finished) {
    const msg = `async task did not complete within the requested time - ${background.limit}s`;
    const result: Dict = new Map([
      ['failed', true],
      ['msg', msg],
      ['async_result', status.result],
    ] as [string, boolean | string | Dict][]);
    tell('failed', status.result);
    return answer(result);
  }
  if (jobs.find(id)?.kind === 'detached') await erase(file, waiting.reach);
  const whole = jobs.answerOf(id);
  jobs.forget(id);
  tell(is(status.result, 'failed') ? 'failed' : 'ok', status.result);
  return whole ? { ...whole, result: status.result } : answer(status.result);
}

/** Seconds after which a job is looked at for the first time. */
const FIRST_LOOK = 0.1;

async function lastStatus(id: string, file: string, waiting: Waiting): Promise<JobStatus> {
  const { background, interrupted, tell } = waiting;
  const { limit, poll } = background;
  let told = 0;
  for (let [at, gap] = [0, FIRST_LOOK]; ; gap *= 2) {
    // Short work is not made to wait for a long poll: there are looks before it, which nobody is told of.
    const wait = at < poll ? Math.min(gap, poll - at) : poll;
    await pause(wait, interrupted);
    at += wait;
    const status = await statusNow(id, file, waiting, at < limit);
    if (status?.finished) return status;
    if (!status || at < told + poll) continue;
    tell('running', status.result);
    told = at;
    if (at >= limit) return status;
  }
}

/** Undefined where the host cannot be reached just now (it may restart) and there is time to look again. */
async function statusNow(
  id: string,
  file: string,
  { jobs, reach }: Waiting,
  again: boolean,
): Promise<JobStatus | undefined> {
  const job = jobs.find(id);
  if (job?.kind === 'carried') return statusOfJob(job, id, file);
  try {
    const read = await (await reach.open()).view.read(file);
    return statusOfFile(read?.content ?? Buffer.alloc(0), id, file, job);
  } catch (error) {
    if (!again || !(error instanceof TsplayError) || error.kind !== 'unreachable') throw error;
    await reach.drop();
    return undefined;
  }
}

async function erase(file: string, reach: Reach): Promise<void> {
  const session = await reach.open();
  await session.apply({ kind: 'remove', summary: `remove ${file}`, path: file, before: { kind: 'file' } });
}
