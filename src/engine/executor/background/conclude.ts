import { pyStr } from '../../template/values.ts';
import type { RunContext } from '../context.ts';

/** The end of a run: jobs that the controller carries on are waited for, and failures that nobody saw are told. */
export async function concludeJobs({ jobs, emit, interrupted }: RunContext): Promise<void> {
  const waiting = jobs.unfinished;
  if (waiting.length > 0 && !interrupted.aborted) {
    emit({ type: 'warning', message: `waiting for tasks in the background: ${waiting.join(', ')}` });
    await jobs.settle();
  }
  for (const { label, result } of jobs.unseenFailures) {
    const said = pyStr(result.get('msg') ?? '');
    emit({ type: 'warning', message: `the task in the background failed, and no task asked: ${label}: ${said}` });
  }
}
