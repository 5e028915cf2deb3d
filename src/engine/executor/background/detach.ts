import type { Change } from '../../model/change.ts';
import { TsplayError } from '../../model/errors.ts';
import { dict } from '../../model/value.ts';
import { startedResult } from '../../modules/background/status.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import type { Attempt, Decided } from '../attempt.ts';
import { type Answer, answer } from '../result.ts';
import type { Jobs } from './jobs.ts';
import { endedAfter } from './limits.ts';

type RunChange = Extract<Change, { kind: 'run' }>;

/** The command that a plan consists of, if it is one that the host can carry on alone. */
export function commandOf({ plan }: Decided): RunChange | undefined {
  const [change, more] = plan.changes;
  if (plan.failed !== undefined || plan.skipped || more || change?.kind !== 'run') return undefined;
  return change;
}

/** Leaves a command to the host, where it goes on whatever becomes of us. Gives its id and its file. */
export async function detachCommand(
  { module, controller, session }: Attempt,
  { args, before, inputs, plan }: Decided,
  change: RunChange,
  limit: number,
  jobs: Jobs,
): Promise<Answer> {
  const host = await session();
  const folder = await host.view.expand(controller.jobs.folder);
  const id = jobs.newId();
  const known = dumpJson(dict({ ...plan.result, changed: true })).slice(1, -1);
  const begun = await host.detach(change, { folder, id, seconds: endedAfter(limit), known });
  if (begun.rc !== 0) {
    const said = begun.stderr.toString().trim() || `exit status ${begun.rc}`;
    throw new TsplayError('module', `could not create directory: ${folder} - ${said}`);
  }
  jobs.addDetached(id, (outcome) => module.report?.(args, before, [outcome], inputs) ?? {});
  return answer(startedResult(id, `${folder}/${id}`));
}
