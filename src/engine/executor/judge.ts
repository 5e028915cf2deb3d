import { TsplayError } from '../model/errors.ts';
import type { Raw } from '../model/value.ts';
import type { VarScope } from '../vars/scope.ts';
import { holds } from './conditions.ts';
import { type Answer, is } from './result.ts';
import type { TaskAt } from './task-at.ts';

/** `changed_when` and `failed_when` over what the module said. */
export function judge(answer: Answer, at: TaskAt, scope: VarScope, tried: number | undefined): Answer {
  const { result } = answer;
  const { changed_when, failed_when } = at.task.keywords;
  if (answer.unreachable) return answer;
  if (tried !== undefined) result.set('attempts', tried);
  if (is(result, 'skipped')) return answer;
  const seen = scope.with(seenAfter(answer, at));
  let judging = 'changed';
  try {
    if (changed_when)
      result.set(
        'changed',
        changed_when.every((condition) => holds(condition, seen)),
      );
    judging = 'failed';
    if (failed_when) {
      const failed = failed_when.every((condition) => holds(condition, seen));
      result.set('failed_when_result', failed);
      result.set('failed', failed);
    }
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    result.set('failed', true);
    result.set(`${judging}_when_result`, error.message);
    if (!result.has('msg')) result.set('msg', error.message);
  }
  return answer;
}

/** What conditions on a result see: the registered name, and facts the module returned. */
function seenAfter({ result, effects }: Answer, { task }: TaskAt): Map<string, Raw> {
  const seen = new Map<string, Raw>();
  for (const effect of effects)
    if (effect.kind === 'facts') for (const [name, value] of effect.facts) seen.set(name, value);
  if (task.keywords.register) seen.set(task.keywords.register, result);
  return seen;
}

/** Whether no further try is needed: `until` holds, or without it, the task did not fail. */
export function done(answer: Answer, at: TaskAt, scope: VarScope): boolean {
  const { until } = at.task.keywords;
  if (!until) return !is(answer.result, 'failed');
  const seen = scope.with(seenAfter(answer, at));
  return until.every((condition) => holds(condition, seen));
}

/** The last try was in vain. */
export function exhausted(answer: Answer, retries: number): Answer {
  answer.result.set('attempts', retries);
  answer.result.set('failed', true);
  return answer;
}
