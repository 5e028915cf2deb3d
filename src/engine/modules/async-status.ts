import type { Before } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import type { HostView } from '../remote/types.ts';
import { statusOfFile, statusOfJob } from './background/status.ts';
import { defineModule } from './define.ts';
import type { Plan } from './types.ts';

export const asyncStatus = defineModule({
  name: 'async_status',
  collection: 'ansible.builtin',
  summary: 'See how it stands with a task in the background',
  background: 'never',
  args: {
    jid: { type: 'str', required: true, doc: 'The job: `ansible_job_id` of what the task gave.' },
    mode: {
      type: 'str',
      choices: ['cleanup', 'status'],
      default: 'status',
      doc: '`cleanup` forgets the job and its result, and does not end it.',
    },
  },
  prepare({ jobs }, { jid }) {
    return { job: jobs.find(jid), folder: jobs.folder };
  },
  async inspect(host, { jid }, { job, folder }) {
    const file = `${await host.expand(folder)}/${jid}`;
    return { file, before: job?.kind === 'carried' ? undefined : await fileOf(host, file, jid) };
  },
  plan({ jid, mode }, { file, before }, { job }): Plan {
    if (!job && !before) return notFound(jid, mode, file);
    if (mode === 'cleanup') return forget(jid, file, before);
    if (job?.kind === 'carried') return planOf(statusOfJob(job, jid, file).result);
    return before ? planOf(statusOfFile(before.content, jid, file, job).result) : notFound(jid, mode, file);
  },
  examples: `- command: sleep 30
  async: 60
  poll: 0
  register: nap
- async_status: {jid: "{{ nap.ansible_job_id }}"}
  register: done
  until: done is finished
  retries: 12`,
});

/** A name with a slash would be a file elsewhere. */
function fileOf(host: HostView, file: string, id: string) {
  return id.includes('/') ? undefined : host.read(file);
}

function planOf(result: ReadonlyMap<Value, Value>): Plan {
  const { failed, changed, ...rest } = Object.fromEntries(result) as Record<string, Value>;
  const msg = typeof rest['msg'] === 'string' ? rest['msg'] : 'the job failed';
  return {
    changes: [],
    result: rest,
    changed: changed === true,
    ...(failed || rest['unreachable'] ? { failed: msg } : {}),
  };
}

function forget(id: string, file: string, state: { readonly content: Buffer } | undefined): Plan {
  const before: Before = { kind: 'file' };
  return {
    changes: state ? [{ kind: 'remove', summary: `forget the job ${id}`, path: file, before }] : [],
    changed: false,
    effects: [{ kind: 'forget-job', id }],
    result: { ansible_job_id: id, erased: file, started: 0, finished: 0, ...silent() },
  };
}

function notFound(id: string, mode: string, file: string): Plan {
  const where: Record<string, Value> = mode === 'cleanup' ? { erased: file } : { results_file: file };
  return {
    changes: [],
    failed: 'could not find job',
    result: { ansible_job_id: id, started: 1, finished: 1, ...silent(), ...where },
  };
}

function silent(): Record<string, Value> {
  return { stdout: '', stdout_lines: [], stderr: '', stderr_lines: [] };
}
