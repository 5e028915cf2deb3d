import { Deferred, type Raw } from '../model/value.ts';
import { gathered } from '../vars/inherit.ts';
import { CHECK_MODE_VARIABLE } from '../vars/magic.ts';
import type { VarScope } from '../vars/scope.ts';
import { attending } from './attend.ts';
import { firstFalse } from './conditions.ts';
import { type Answer, doubtful, skipped } from './result.ts';
import type { TaskAt } from './task-at.ts';

/**
 * The answer of a task that does not run, as its conditions say, or of which check mode cannot tell whether it does;
 * undefined if it runs. Throws TsplayError where a condition cannot be evaluated.
 */
export function declined(at: TaskAt, given: VarScope): Answer | undefined {
  // What the conditions ask for says nothing of the arguments.
  const scope = attending(at, given);
  const conditions = gathered(at.task, at.frame.play, 'when');
  const no = firstFalse(conditions, scope);
  if (scope.doubts.has(CHECK_MODE_VARIABLE)) return inRealRun(conditions, scope, no);
  const doubt = doubtAbout(conditions, scope);
  if (doubt !== undefined) return doubtful('whether it runs', doubt);
  return no && conditionFalse(no);
}

/** A plan is of a run that is no check. A task that would run in it and not in a check cannot be looked at. */
function inRealRun(conditions: readonly Raw[], scope: VarScope, inCheck: False | undefined): Answer | undefined {
  const real = scope.attentive().with(new Map([[CHECK_MODE_VARIABLE, false]]));
  const no = firstFalse(conditions, real);
  const doubt = doubtAbout(conditions, real);
  if (doubt !== undefined) return doubtful('whether it runs', doubt);
  if (no) return conditionFalse(no);
  return inCheck && doubtful('its conditions leave it out of checks', CHECK_MODE_VARIABLE);
}

/** Why the conditions cannot be relied on. That a command changes something is known also where its output is not. */
function doubtAbout(conditions: readonly Raw[], { doubts }: VarScope): string | undefined {
  const text = conditions.map((raw) => (raw instanceof Deferred ? raw.text : '')).join('\n');
  for (const [name, { why, of }] of doubts) if (of === 'value' || !asksStatusOnly(text, name)) return why;
  return undefined;
}

/** Whether a result is named to ask whether it changed or failed, and for nothing else. */
function asksStatusOnly(text: string, variable: string): boolean {
  const name = variable.replace(/\W/g, '\\$&');
  const status = new RegExp(
    `\\b${name}(?:\\.(?:changed|failed|skipped)|\\s+is\\s+(?:not\\s+)?(?:changed|failed|succeeded|success|skipped|defined))\\b`,
    'g',
  );
  const rest = text.replace(status, '');
  return rest !== text && !new RegExp(`\\b${name}\\b`).test(rest);
}

type False = NonNullable<ReturnType<typeof firstFalse>>;

function conditionFalse({ text }: False): Answer {
  return skipped([
    ['skip_reason', 'Conditional result was False'],
    ['false_condition', text],
  ]);
}
