import { setTimeout as wait } from 'node:timers/promises';
import { isLocalName, localhostOf } from '../inventory/localhost.ts';
import { TsplayError } from '../model/errors.ts';
import type { Task } from '../model/playbook.ts';
import { isTuple, LazyDict, OMIT, type Raw, Undefined, type Value } from '../model/value.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import type { Session, SessionOptions } from '../remote/types.ts';
import { evaluate } from '../template/compile.ts';
import { gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import { attempt } from './attempt.ts';
import { firstFalse, holds } from './conditions.ts';
import { becomeSettings, connectionSettings } from './connections.ts';
import { makeController } from './controller.ts';
import { flag, number, text } from './keywords.ts';
import { moduleDefaults } from './module-defaults.ts';
import { type Answer, failure, is, skipped } from './result.ts';
import { retryPolicy } from './retry.ts';
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
    for (let tried = 1; ; tried++) {
      const answer = judge(
        await tryOnce(at, host, scope, delegatedTo),
        at,
        scope,
        policy.tries > 1 ? tried : undefined,
      );
      if (policy.tries === 1 || answer.unreachable) return { answer, delegatedTo };
      if (done(answer, at, scope)) return { answer, delegatedTo };
      if (tried >= policy.tries) return { answer: exhausted(answer, policy.tries - 1), delegatedTo };
      onRetry(answer, policy.tries - tried);
      await wait(policy.pause(tried) * 1000, undefined, { signal: run.interrupted });
    }
  } catch (error) {
    return { answer: failure(error), delegatedTo };
  }
}

/** delegate_to of the task or of a block around it. */
function delegate({ task, frame }: TaskAt, scope: VarScope): string | undefined {
  const name = text(task, frame.play, 'delegate_to', scope);
  if (name === '')
    throw new TsplayError('template', 'Empty hostname produced from delegate_to: ""', { position: task.position });
  return name;
}

/** Who does the work is known before the conditions; where it cannot be told, they may still say that nobody does. */
function delegateUnlessUndefined(at: TaskAt, scope: VarScope): string | undefined {
  try {
    return delegate(at, scope);
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'undefined') return undefined;
    throw error;
  }
}

async function tryOnce(at: TaskAt, host: string, scope: VarScope, delegatedTo: string | undefined): Promise<Answer> {
  try {
    return await attemptOn(at, host, scope, delegatedTo);
  } catch (error) {
    return failure(error);
  }
}

async function attemptOn(at: TaskAt, host: string, scope: VarScope, delegatedTo: string | undefined): Promise<Answer> {
  const { run, frame, task } = at;
  const { module } = at;
  if (!module) throw noModule(task);
  const checkMode = flag(task, frame.play, 'check_mode', scope) ?? run.settings.checkMode;
  const diffMode = flag(task, frame.play, 'diff', scope) ?? run.settings.diffMode;
  const target = delegatedTo ?? host;
  // The controller is a host for whoever delegates to it, whether or not the inventory names it.
  if (delegatedTo && isLocalName(delegatedTo)) localhostOf(run.variables.store.inventory, delegatedTo);
  const targetScope = delegatedTo ? run.variables.hostScope(delegatedTo) : scope;
  const settings = () => connectionSettings(target, task, frame.play, scope, targetScope, run.defaults);
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
  const args = taskArgs(at, module, scope);
  for (const [name, spec] of Object.entries(module.args)) {
    const value = spec.noLog ? args.get(name) : undefined;
    if (typeof value === 'string') run.secret(value);
  }
  return await attempt({ module, args, controller, session, checkMode });
}

/** Content may name modules that are not here, as long as no host comes to them. */
function noModule({ written, position, unavailable }: Task): TsplayError {
  const reason = unavailable ?? 'This often indicates a misspelling, missing collection, or incorrect module path.';
  return new TsplayError('module', `couldn't resolve module/action '${written}'. ${reason}`, { position });
}

function sessionOptions(at: TaskAt, scope: VarScope, targetScope: VarScope): SessionOptions {
  const { run, frame, task } = at;
  const become = becomeSettings(task, frame.play, scope, targetScope, run.defaults);
  if (become?.password) run.secret(become.password);
  return {
    become,
    environment: environmentOf(at, scope),
    timeout: timeLimit(at, scope),
  };
}

/** Seconds: `timeout`, or `async` of a task that is waited for. */
function timeLimit({ task, frame }: TaskAt, scope: VarScope): number | undefined {
  const background = number(task, frame.play, 'async', scope) ?? 0;
  if (background > 0 && number(task, frame.play, 'poll', scope) === 0) {
    throw new TsplayError('module', 'a task in the background (async with poll: 0) cannot be run yet', {
      position: task.position,
    });
  }
  return number(task, frame.play, 'timeout', scope) || background || undefined;
}

/** All `environment`s around the task, the inner ones on top. */
function environmentOf({ task, frame }: TaskAt, scope: VarScope): Map<string, string> | undefined {
  const environment = new Map<string, string>();
  for (const level of gathered(task, frame.play, 'environment')) {
    const entries = level instanceof Map ? level : evaluate(level, scope);
    if (entries === OMIT || entries === null || entries === '') continue;
    if (!(entries instanceof Map)) {
      throw new TsplayError('template', 'environment must be a dictionary', { hint: 'write NAME: value pairs' });
    }
    for (const [name, raw] of entries) {
      const value = environmentValue(raw, task, scope);
      if (value !== OMIT) environment.set(String(name), toText(value));
    }
  }
  return environment.size ? environment : undefined;
}

/** Facts are gathered without the part of the environment that needs them. */
function environmentValue(raw: Raw, task: Task, scope: VarScope): Value {
  try {
    const value = evaluate(raw, scope);
    if (value instanceof Undefined) throw new TsplayError('undefined', value.message);
    return value;
  } catch (error) {
    if (task.action === 'setup' && error instanceof TsplayError && error.kind === 'undefined') return OMIT;
    throw error;
  }
}

function toText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** The task's arguments over `args: "{{ dict }}"` over module_defaults, evaluated; `omit` is not given. */
function taskArgs({ task, frame }: TaskAt, module: ModuleDefinition, scope: VarScope): Map<string, Raw> {
  const args = new Map<string, Raw>(moduleDefaults(module, gathered(task, frame.play, 'module_defaults'), scope));
  const more = task.deferredArgs === undefined ? undefined : evaluate(task.deferredArgs, scope);
  if (more instanceof Map) for (const [name, value] of more) args.set(String(name), value);
  for (const [name, raw] of task.args) {
    const deferred = module.args[name]?.deferred;
    const value = deferred ? raw : asData(evaluateArgument(raw, scope));
    if (value === OMIT) args.delete(name);
    else args.set(keyOf(name, module, scope), value);
  }
  return args;
}

function evaluateArgument(raw: Raw, scope: VarScope): Value {
  const value = evaluate(raw, scope);
  if (value instanceof Undefined) {
    throw new TsplayError('undefined', `The task includes an option with an undefined variable.. ${value.message}`);
  }
  return value;
}

/** Modules take and give plain data, which has no tuples. */
function asData(value: Value): Value {
  if (Array.isArray(value)) return value.some(isNested) || isTuple(value) ? value.map(asData) : value;
  if (!(value instanceof Map) || value instanceof LazyDict || ![...value.values()].some(isNested)) return value;
  return new Map([...value].map(([key, entry]) => [key, asData(entry)]));
}

function isNested(value: Value): boolean {
  return Array.isArray(value) || value instanceof Map;
}

/** Names of set_fact may be templates; everywhere else a name is a name. */
function keyOf(name: string, module: ModuleDefinition, scope: VarScope): string {
  if (!module.openArgs || !name.includes('{{')) return name;
  return String(evaluate(scope.world.compile(name), scope));
}

/** `changed_when` and `failed_when` over what the module said. */
function judge(answer: Answer, at: TaskAt, scope: VarScope, tried: number | undefined): Answer {
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

function done(answer: Answer, at: TaskAt, scope: VarScope): boolean {
  const { until } = at.task.keywords;
  if (!until) return !is(answer.result, 'failed');
  const seen = scope.with(seenAfter(answer, at));
  return until.every((condition) => holds(condition, seen));
}

function exhausted(answer: Answer, retries: number): Answer {
  answer.result.set('attempts', retries);
  answer.result.set('failed', true);
  return answer;
}
