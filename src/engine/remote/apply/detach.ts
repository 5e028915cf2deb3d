import type { Completed, Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import type { DetachedJob } from '../types.ts';
import type { ChangeOf } from './apply.ts';
import { jobProgram } from './job-program.ts';

/**
 * Starts a command that goes on when we are gone: its process hangs below nothing of ours. The job's file says that it
 * started, and is replaced by its result. Gives the end of the start, not of the command.
 */
export function detach(change: ChangeOf<'run'>, job: DetachedJob, runner: Runner): Promise<Completed> {
  const program = jobProgram(change, job);
  // The program comes by standard input, where no list of processes shows it; `&` alone would take that away.
  const start = sh`exec 3<&0; _c; _x /bin/sh <&3 3<&- >/dev/null 2>&1 &`;
  return runner.script(join([announce(job), start]), { stdin: Buffer.from(program.text) });
}

/** Makes the folder and the file of a job that has begun. */
function announce({ folder, id }: DetachedJob): Script {
  const path = `${folder}/${id}`;
  const said = `{"started": 1, "finished": 0, "ansible_job_id": "${id}"}`;
  return sh`( umask 077; mkdir -p -- ${folder} && printf %s ${said} >${`${path}.tmp`} && mv -f -- ${`${path}.tmp`} ${path} ) || exit 1`;
}
