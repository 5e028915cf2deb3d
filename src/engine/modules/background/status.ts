import type { Outcome } from '../../model/change.ts';
import { TsplayError } from '../../model/errors.ts';
import { type Dict, dict, type Value } from '../../model/value.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { splitLines } from '../commands/output.ts';
import type { Job } from './job.ts';

/** How it stands with a job: the result that async_status gives of it. */
export interface JobStatus {
  readonly finished: boolean;
  readonly result: Dict;
}

/** What is said of a job when it has begun. */
export function startedResult(id: string, file: string): Dict {
  return dict({ ansible_job_id: id, started: 1, finished: 0, results_file: file, changed: true, failed: false });
}

/** The status from the bytes of the job's file; its module reports it in its own words where it is known. */
export function statusOfFile(content: Buffer, id: string, file: string, job: Job | undefined): JobStatus {
  const said = parsed(content);
  if (said === undefined || said.has('started')) return running(id, file, said);
  return finished(id, file, job?.kind === 'detached' && said.has('rc') ? reported(said, job) : said);
}

/** The status of a job that the controller carries on. */
export function statusOfJob(job: Extract<Job, { kind: 'carried' }>, id: string, file: string): JobStatus {
  return job.result ? finished(id, file, job.result) : running(id, file, undefined);
}

/** A file that is not whole yet is one of a job that runs. */
function parsed(content: Buffer): Dict | undefined {
  try {
    const value = parseJson(content.toString('utf8'));
    return value instanceof Map ? value : undefined;
  } catch (error) {
    if (error instanceof TsplayError) return undefined;
    throw error;
  }
}

function running(id: string, file: string, said: Dict | undefined): JobStatus {
  return { finished: false, result: new Map([...common(id, file), ...(said ?? []), ['finished', 0]]) };
}

function finished(id: string, file: string, said: Dict): JobStatus {
  const result: Dict = new Map([...common(id, file), ...said, ['ansible_job_id', id], ['finished', 1]]);
  for (const stream of ['stdout', 'stderr']) {
    const text = said.get(stream);
    if (typeof text === 'string' && !said.has(`${stream}_lines`)) result.set(`${stream}_lines`, splitLines(text));
  }
  return { finished: true, result };
}

function common(id: string, file: string): [string, Value][] {
  return [
    ['ansible_job_id', id],
    ['started', 1],
    ['results_file', file],
    ['stdout', ''],
    ['stdout_lines', []],
    ['stderr', ''],
    ['stderr_lines', []],
  ];
}

/** Times are the host's; all else is as if the command had run in the foreground. */
function reported(said: Dict, { report }: Extract<Job, { kind: 'detached' }>): Dict {
  const bytes = (name: string) => Buffer.from(String(said.get(name) ?? ''));
  const outcome: Outcome = {
    rc: Number(said.get('rc')),
    stdout: bytes('stdout'),
    stderr: bytes('stderr'),
    start: 0,
    end: 0,
  };
  const { result = {}, failed, changed = true } = report(outcome);
  const whole: Dict = new Map<Value, Value>([...said, ...Object.entries(result), ['changed', changed]]);
  for (const name of ['start', 'end', 'delta']) if (said.has(name)) whole.set(name, said.get(name)!);
  whole.set('failed', failed !== undefined);
  if (failed !== undefined) whole.set('msg', failed);
  return whole;
}
