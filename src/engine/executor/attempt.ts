import type { Change, Outcome } from '../model/change.ts';
import { Script } from '../model/script.ts';
import { type Dict, dict, type Raw, type Value } from '../model/value.ts';
import { coerceArgs } from '../modules/args/coerce.ts';
import { expandPaths } from '../modules/args/paths.ts';
import type { Controller, ModuleDefinition, Plan } from '../modules/types.ts';
import type { Watch } from '../plan/overseer.ts';
import { groupChanges } from '../remote/apply/together.ts';
import type { Session } from '../remote/types.ts';
import { type Answer, answer, doubtful, planned } from './result.ts';

/** Evaluated, but for what the module evaluates itself. */
export type Given = ReadonlyMap<string, Raw>;

/** One run of a module on one host: everything it needs, and nothing that is global. */
export interface Attempt {
  readonly module: ModuleDefinition;
  readonly args: Given;
  readonly controller: Controller;
  /** Opens (or takes) the session; not called for modules that need no host. */
  readonly session: () => Promise<Session>;
  readonly checkMode: boolean;
  /** The module's name as the task writes it, and the seconds it may take, for what is said when it takes longer. */
  readonly action: string;
  readonly timeout: number | undefined;
  /** Told of what check mode would have changed. */
  readonly foresee: (changes: readonly Change[]) => void;
  /** Told of what was changed though others are checked only. */
  readonly made: (changes: readonly Change[]) => void;
  /** Follows it, if somebody does. */
  readonly watch: Watch | undefined;
  /** A command that check mode left out on this host, if it left out any. */
  readonly doubt: () => string | undefined;
  /** A task that check mode left out, and that may have written what this one looked at. */
  readonly unforeseen: () => string | undefined;
}

/** What was decided for one host, with all that it was decided from. */
export interface Decided {
  /** As the module got them, before paths were expanded. */
  readonly given: Record<string, Value>;
  readonly args: Record<string, Value>;
  readonly inputs: unknown;
  readonly before: unknown;
  readonly plan: Plan;
}

/** prepare, inspect, plan, apply, report: the one straight way of a task. */
export async function attempt(task: Attempt): Promise<Answer> {
  return conclude(task, await decide(task));
}

/** The first half: nothing is changed yet. */
export async function decide({ module, args: written, controller, session, watch }: Attempt): Promise<Decided> {
  const given = coerceArgs(module, written);
  const inputs = await module.prepare?.(controller, given);
  const host = module.controllerOnly ? undefined : await session();
  const view = host && (watch?.over(host.view) ?? host.view);
  const args = view ? await expandPaths(module, given, view) : given;
  const before = view && module.inspect ? await module.inspect(view, args, inputs) : undefined;
  const plan = module.plan(args, before, inputs);
  const idle = plan.failed !== undefined || plan.skipped;
  watch?.decided({ changes: idle ? [] : plan.changes, before: module.basis?.(before) ?? before });
  return { given, args, inputs, before, plan };
}

/** The second half: carries out what was decided. */
export async function conclude(task: Attempt, decided: Decided): Promise<Answer> {
  const answer = await carriedOut(task, decided);
  if (!task.module.controllerOnly && !task.module.ownResult)
    answer.result.set('invocation', invocation(task.module, decided.given));
  return answer;
}

async function carriedOut(task: Attempt, { args, inputs, before, plan }: Decided): Promise<Answer> {
  const { module, controller, session, checkMode, action, timeout } = task;
  const unforeseen = task.unforeseen();
  if (unforeseen !== undefined) return doubtful('what it would find', unforeseen);
  const doubt = plan.failed !== undefined && checkMode && !module.controllerOnly ? task.doubt() : undefined;
  if (plan.failed !== undefined && doubt !== undefined) return doubtful(plan.failed, doubt);
  if (plan.failed !== undefined && checkMode && plan.uncertain !== undefined) {
    task.foresee([leftOut(plan.uncertain)]);
    return doubtful(plan.failed, plan.uncertain);
  }
  if (plan.failed !== undefined || plan.skipped) return planned(plan, {}, []);
  if (checkMode && !answersForItself(plan)) {
    task.foresee(plan.changes);
    return foretold(plan);
  }
  if (plan.changes.length === 0) return planned(plan, module.report?.(args, before, [], inputs) ?? {}, []);
  const outcomes = await applyAll(plan.changes, await session());
  task.made(plan.changes.slice(0, outcomes.length));
  if (outcomes.at(-1)?.timedOut) return tookTooLong(action, timeout ?? 0);
  const reported = module.report?.(args, before, outcomes, inputs) ?? {};
  const broken = firstFailure(plan.changes, outcomes);
  if (!broken) {
    const awaited = (await module.afterApply?.(controller, args, before, outcomes)) ?? {};
    const result = { ...reported.result, ...awaited.result };
    return planned(plan, { ...reported, ...awaited, result }, plan.changes);
  }
  const said = { ...broken, ...reported, result: { ...broken.result, ...reported.result } };
  return planned(plan, { ...said, failed: reported.failed ?? broken.failed }, plan.changes.slice(0, outcomes.length));
}

/** What later tasks of a check may depend on too. */
function leftOut(summary: string): Change {
  return { kind: 'run', effect: 'opaque', summary, script: new Script('') };
}

function tookTooLong(action: string, timeout: number): Answer {
  const result = new Map<Value, Value>([
    ['failed', true],
    ['msg', `The ${action} action failed to execute in the expected time frame (${timeout}) and was terminated`],
    ['timedout', dict({ period: timeout })],
  ]);
  return answer(result);
}

/** Check mode: what would be done, or that nobody can tell. */
function foretold(plan: Plan): Answer {
  const opaque = plan.changes.some((change) => change.kind === 'run' && change.effect === 'opaque');
  const unheard = plan.changes.some((change) => change.kind === 'run' && change.isolated);
  if (!opaque) return { ...planned(plan, {}, plan.changes), unheard };
  const result = new Map<Value, Value>(Object.entries(plan.result ?? {}));
  result.set('changed', false);
  result.set('skipped', true);
  if (!result.has('msg')) result.set('msg', 'Command would have run if not in check mode');
  return answer(result, { unknown: true, changes: plan.changes.map((change) => change.summary) });
}

/** A module of the user that knows of check mode runs in it too. */
function answersForItself({ changes }: Plan): boolean {
  return changes.some((change) => change.kind === 'run' && change.effect === 'told');
}

/** In order, up to the first that fails. */
async function applyAll(changes: readonly Change[], session: Session): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const group of groupChanges(changes)) {
    const [first] = group;
    const made = group.length > 1 ? await session.applyTogether(group) : [await session.apply(first!)];
    outcomes.push(...made);
    if (made.length < group.length || !succeeded(group[made.length - 1]!, made.at(-1)!)) break;
  }
  return outcomes;
}

function succeeded(change: Change, outcome: Outcome): boolean {
  if (change.kind !== 'run') return outcome.rc === 0;
  if (change.success === 'any') return true;
  return (change.success ?? [0]).includes(outcome.rc);
}

function firstFailure(
  changes: readonly Change[],
  outcomes: readonly Outcome[],
): Partial<Omit<Plan, 'changes'>> | undefined {
  const last = outcomes.at(-1);
  const change = changes[outcomes.length - 1];
  if (!last || !change || succeeded(change, last)) return undefined;
  const stderr = last.stderr.toString().trim();
  const said = stderr || last.stdout.toString().trim() || `exit status ${last.rc}`;
  return {
    failed: last.timedOut ? `${change.summary}: timed out` : `${change.summary} failed: ${said}`,
    changed: outcomes.length > 1,
    result: { rc: last.rc, stdout: last.stdout.toString(), stderr: last.stderr.toString() },
  };
}

/** How the module was called, for -vvv; secrets stay out of it. */
function invocation(module: ModuleDefinition, args: Record<string, Value>): Dict {
  const shown = Object.entries(args).map(([name, value]): [Value, Value] => {
    const { noLog, unshown } = module.args[name] ?? {};
    const secret = (noLog || unshown) && value !== null;
    return [name, secret ? 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER' : value];
  });
  return dict({ module_args: new Map(shown) });
}
