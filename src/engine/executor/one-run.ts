import type { Place } from '../journal/types.ts';
import { TsplayError } from '../model/errors.ts';
import type { VarScope } from '../vars/scope.ts';
import type { Given } from './attempt.ts';
import { attemptOn, type Inputs } from './attempt-on.ts';
import { attending } from './attend.ts';
import { declined } from './declined.ts';
import { delegate, delegateUnlessUndefined, withDelegate } from './delegate.ts';
import { done, exhausted, judge } from './judge.ts';
import { leaveOutPaths } from './left-out.ts';
import { pause } from './pause.ts';
import { lookOf } from './places.ts';
import { type Answer, doubtful, failure, is } from './result.ts';
import { retryPolicy } from './retry.ts';
import { taskArgs } from './task-args.ts';
import type { TaskAt } from './task-at.ts';

export interface OneRun {
  readonly at: TaskAt;
  readonly place: Place;
  readonly scope: VarScope;
  /** Called before each pause between tries. */
  readonly onRetry: (answer: Answer, left: number) => void;
}

/** What one run gave, and where the work was done. */
export interface Ran {
  readonly answer: Answer;
  readonly delegatedTo?: string | undefined;
  /** It failed before there was anything to run: a condition or an argument cannot be evaluated. It ends a loop. */
  readonly broken?: boolean | undefined;
  /** An earlier part of the run did it. */
  readonly recalled?: boolean | undefined;
}

/** One host (and one item of a loop): conditions, delegation, tries. Failures are answers, never thrown. */
export async function runOnce({ at, place, scope: given, onRetry }: OneRun): Promise<Ran> {
  let scope = attending(at, given);
  let delegatedTo: string | undefined;
  try {
    const { task, run } = at;
    delegatedTo = delegateUnlessUndefined(at, scope);
    scope = withDelegate(at, place.host, delegatedTo, scope);
    const no = declined(at, scope);
    const leaveOut = () => leaveOutPaths(at, delegatedTo ?? place.host, scope);
    if (no?.unknown) leaveOut();
    if (no) return { delegatedTo, answer: no };
    delegatedTo ??= delegate(at, scope);
    const policy = retryPolicy(task.keywords, scope);
    const args = evaluateArgs(at, scope);
    for (let tried = 1; ; tried++) {
      const tries = policy.tries > 1 ? tried : undefined;
      const answer = unsure(judge(await tryOnce(at, place, { scope, args, delegatedTo }), at, scope, tries), at, scope);
      if (answer.unknown) leaveOut();
      if (policy.tries === 1 || answer.unreachable || answer.unknown || answer.barred) return { answer, delegatedTo };
      if (done(answer, at, scope)) return { answer, delegatedTo };
      if (tried >= policy.tries) return { answer: exhausted(answer, policy.tries - 1), delegatedTo };
      onRetry(answer, policy.tries - tried);
      await pause(policy.pause(tried), run.interrupted);
    }
  } catch (error) {
    const doubt = scope.doubt ?? at.run.foreseen.get(place.host)?.doubt(lookOf(at.run, place));
    // What a command left out would have registered is not there.
    if (doubt !== undefined && error instanceof TsplayError && error.kind === 'undefined') {
      return { answer: doubtful(error.message, doubt), delegatedTo };
    }
    return { answer: failure(error), delegatedTo, broken: !(error instanceof Mishap) };
  }
}

/** An answer that depends on what check mode left out is none, but for tasks that only keep or say something. */
function unsure(answer: Answer, { module }: TaskAt, { doubt }: VarScope): Answer {
  if (doubt === undefined || answer.unreachable || answer.barred) return answer;
  const failed = is(answer.result, 'failed');
  if (module?.controllerOnly && !failed) return { ...answer, doubt };
  return doubtful(failed ? String(answer.result.get('msg') ?? '') : 'what it would do', doubt);
}

/** A template that is right, and fails with these values (a division by zero): the next item may do well. */
class Mishap extends TsplayError {}

function evaluateArgs(at: TaskAt, scope: VarScope): Given {
  try {
    return at.module ? taskArgs(at, at.module, scope) : new Map();
  } catch (error) {
    if (!(error instanceof TsplayError) || error.kind !== 'template') throw error;
    throw new Mishap('template', error.message, { position: error.position, hint: error.hint, cause: error });
  }
}

async function tryOnce(at: TaskAt, place: Place, inputs: Inputs): Promise<Answer> {
  try {
    return await attemptOn(at, place, inputs);
  } catch (error) {
    return failure(error);
  }
}
