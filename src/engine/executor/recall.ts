import type { Finished, FinishedRun, Place, Recorder } from '../journal/types.ts';
import type { Effect } from '../model/effect.ts';
import type { Status } from '../model/event.ts';
import type { Dict, Value } from '../model/value.ts';
import type { Ran } from './one-run.ts';
import { type Answer, answer, statusOf } from './result.ts';
import type { TaskAt } from './task-at.ts';
import type { HostOutcome } from './task-run.ts';

/** What an earlier part of the run did for a host at this task. */
export function recalled({ run, task }: TaskAt, place: Place): HostOutcome | undefined {
  const finished = run.record.finished(place, task.action);
  if (!finished) return undefined;
  const { status, ignored, result, notify } = finished;
  return { status, ignored, result, notify, ran: finished.ran.map((one) => ({ ...ranOf(one), recalled: true })) };
}

/** The same for a turn of the task's loop. */
export function recalledTurn({ run, task }: TaskAt, place: Place): Ran | undefined {
  const finished = run.record.finished(place, task.action);
  const [one] = finished?.ran ?? [];
  return finished && one && { ...ranOf(one, finished.result), recalled: true };
}

/** Remembers what a host did. `caught`: a failure that a rescue takes care of. */
export function remember({ run, task }: TaskAt, place: Place, outcome: HostOutcome, caught: boolean): void {
  const { status, ignored, result, notify, ran } = outcome;
  if (!run.record.keeps || ran.some((one) => isTransient(one.answer))) return;
  if (!isOver(outcome, caught)) return leave(run.record, place, status);
  const seen = task.keywords.register !== undefined || status === 'failed';
  run.record.finish(place, { status, ignored, result: seen ? result : new Map(), notify, ran: ran.map(finishedRun) });
}

/** Remembers a turn of a loop, unless it is to be done again. */
export function rememberTurn({ run }: TaskAt, place: Place, ran: Ran): void {
  const status = statusOf(ran.answer);
  if (!run.record.keeps || isTransient(ran.answer)) return;
  if (status === 'failed' || status === 'unreachable') return leave(run.record, place, status);
  const finished: Finished = {
    status,
    ignored: false,
    result: ran.answer.result,
    notify: [],
    ran: [finishedRun(ran)],
  };
  run.record.finish(place, finished);
}

/** What failed is tried again; what was under way when the host was lost, nobody knows. */
function leave(record: Recorder, place: Place, status: Status): void {
  if (status === 'failed') record.fail(place);
}

/** Whoever goes on later has nothing to do here. */
function isOver({ status, ignored, barred }: HostOutcome, caught: boolean): boolean {
  if (barred) return false;
  if (status === 'unreachable') return ignored;
  return status !== 'failed' || ignored || caught;
}

/** What lives in this process only: templates of include_vars, work that goes on in the background. */
function isTransient({ effects, result }: Answer): boolean {
  return effects.some(({ kind }) => kind === 'vars') || (result.has('ansible_job_id') && result.get('finished') === 0);
}

function finishedRun({ answer: { result, effects }, delegatedTo }: Ran): FinishedRun {
  const facts = result.get('ansible_facts');
  return { ...(facts instanceof Map && { facts }), effects, delegatedTo };
}

function ranOf({ facts, effects, delegatedTo }: FinishedRun, whole?: Dict): Ran {
  const result: Dict = whole ?? new Map<Value, Value>(facts ? [['ansible_facts', facts]] : []);
  const kept: readonly Effect[] = effects;
  return { answer: answer(result, { effects: kept }), delegatedTo };
}
