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
  const no = firstFalse(gathered(at.task, at.frame.play, 'when'), scope);
  if (scope.doubt === CHECK_MODE_VARIABLE) return inRealRun(at, scope, no);
  if (scope.doubt !== undefined) return doubtful('whether it runs', scope.doubt);
  return no && conditionFalse(no);
}

/** A plan is of a run that is no check. A task that would run in it and not in a check cannot be looked at. */
function inRealRun(at: TaskAt, scope: VarScope, inCheck: False | undefined): Answer | undefined {
  const real = scope.attentive().with(new Map([[CHECK_MODE_VARIABLE, false]]));
  const no = firstFalse(gathered(at.task, at.frame.play, 'when'), real);
  if (real.doubt !== undefined) return doubtful('whether it runs', real.doubt);
  if (no) return conditionFalse(no);
  return inCheck && doubtful('its conditions leave it out of checks', CHECK_MODE_VARIABLE);
}

type False = NonNullable<ReturnType<typeof firstFalse>>;

function conditionFalse({ text }: False): Answer {
  return skipped([
    ['skip_reason', 'Conditional result was False'],
    ['false_condition', text],
  ]);
}
