import { isLocalName, localhostOf } from '../inventory/localhost.ts';
import { TsplayError } from '../model/errors.ts';
import type { Task } from '../model/playbook.ts';
import type { Session } from '../remote/types.ts';
import { gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import { attempt, type Given } from './attempt.ts';
import { firstFalse } from './conditions.ts';
import { connectionSettings } from './connections.ts';
import { makeController } from './controller.ts';
import { delegate, delegateUnlessUndefined } from './delegate.ts';
import { done, exhausted, judge } from './judge.ts';
import { flag } from './keywords.ts';
import { pause } from './pause.ts';
import { type Answer, failure, skipped } from './result.ts';
import { retryPolicy } from './retry.ts';
import { sessionOptions, timeLimit } from './session-options.ts';
import { taskArgs } from './task-args.ts';
import type { TaskAt } from './task-at.ts';

export interface OneRun {
  readonly at: TaskAt;
  readonly host: string;
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
}

/** One host (and one item of a loop): conditions, delegation, tries. Failures are answers, never thrown. */
export async function runOnce({ at, host, scope, onRetry }: OneRun): Promise<Ran> {
  let delegatedTo: string | undefined;
  try {
    const { task, frame, run } = at;
    delegatedTo = delegateUnlessUndefined(at, scope);
    const no = firstFalse(gathered(task, frame.play, 'when'), scope);
    if (no) {
      return {
        delegatedTo,
        answer: skipped([
          ['skip_reason', 'Conditional result was False'],
          ['false_condition', no.text],
        ]),
      };
    }
    delegatedTo ??= delegate(at, scope);
    const policy = retryPolicy(task.keywords, scope);
    const args = evaluateArgs(at, scope);
    for (let tried = 1; ; tried++) {
      const answer = judge(
        await tryOnce(at, host, { scope, args, delegatedTo }),
        at,
        scope,
        policy.tries > 1 ? tried : undefined,
      );
      if (policy.tries === 1 || answer.unreachable) return { answer, delegatedTo };
      if (done(answer, at, scope)) return { answer, delegatedTo };
      if (tried >= policy.tries) return { answer: exhausted(answer, policy.tries - 1), delegatedTo };
      onRetry(answer, policy.tries - tried);
      await pause(policy.pause(tried), run.interrupted);
    }
  } catch (error) {
    return { answer: failure(error), delegatedTo, broken: !(error instanceof Mishap) };
  }
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

/** What a try goes by. */
interface Inputs {
  readonly scope: VarScope;
  readonly args: Given;
  readonly delegatedTo: string | undefined;
}

async function tryOnce(at: TaskAt, host: string, inputs: Inputs): Promise<Answer> {
  try {
    return await attemptOn(at, host, inputs);
  } catch (error) {
    return failure(error);
  }
}

async function attemptOn(at: TaskAt, host: string, { scope, args, delegatedTo }: Inputs): Promise<Answer> {
  const { run, frame, task } = at;
  const { module } = at;
  if (!module) throw noModule(task);
  const checkMode = flag(task, frame.play, 'check_mode', scope) ?? run.settings.checkMode;
  const diffMode = flag(task, frame.play, 'diff', scope) ?? run.settings.diffMode;
  const target = delegatedTo ?? host;
  // The controller is a host for whoever delegates to it, whether or not the inventory names it.
  if (delegatedTo && isLocalName(delegatedTo)) localhostOf(run.variables.store.inventory, delegatedTo);
  const targetScope = delegatedTo ? run.variables.hostScope(delegatedTo) : scope;
  const settings = () => {
    const found = connectionSettings(target, task, frame.play, scope, targetScope, run.defaults);
    for (const secret of [found.password, found.privateKeyPassphrase]) if (secret) run.secret(secret);
    return found;
  };
  const session = async (): Promise<Session> => {
    const connection = await run.connections.get(settings());
    return connection.session(sessionOptions(at, scope, targetScope));
  };
  const controller = makeController(run, {
    scope,
    checkMode,
    diffMode,
    host,
    position: task.position,
    reconnect: async () => {
      await run.connections.drop(settings());
      return (await session()).view;
    },
  });
  for (const [name, spec] of Object.entries(module.args)) {
    const value = spec.noLog ? args.get(name) : undefined;
    if (typeof value === 'string') run.secret(value);
  }
  const timeout = timeLimit(at, scope);
  return await attempt({ module, args, controller, session, checkMode, action: task.written, timeout });
}

/** Content may name modules that are not here, as long as no host comes to them. */
function noModule({ written, position, unavailable }: Task): TsplayError {
  const reason = unavailable ?? 'This often indicates a misspelling, missing collection, or incorrect module path.';
  return new TsplayError('module', `couldn't resolve module/action '${written}'. ${reason}`, { position });
}
