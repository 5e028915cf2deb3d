import { performance } from 'node:perf_hooks';
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { Place } from '../journal/types.ts';
import { TsplayError } from '../model/errors.ts';
import type { HostResult, Status } from '../model/event.ts';
import type { Task } from '../model/playbook.ts';
import type { Dict, Raw, Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { ancestors, gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import { attending } from './attend.ts';
import { firstFalse } from './conditions.ts';
import { extendInventory } from './effects.ts';
import { flag } from './keywords.ts';
import { itemLabel, loopItems, loopNames, turn } from './loop.ts';
import { type Ran, runOnce } from './one-run.ts';
import { pause } from './pause.ts';
import { atItem } from './places.ts';
import { recalledTurn, rememberTurn } from './recall.ts';
import { type Answer, answer, doubtful, failure, is, skipped, statusOf } from './result.ts';
import type { TaskAt } from './task-at.ts';
import { visitOf } from './visit.ts';

/** What a task gave on one host, its loop included. */
export interface HostOutcome {
  readonly status: Status;
  /** As `register` gets it. */
  readonly result: Dict;
  readonly ignored: boolean;
  /** What is to be carried out: one, or one an item. */
  readonly ran: readonly Ran[];
  /** Names of handlers to notify; empty unless something changed. */
  readonly notify: readonly string[];
  /** Nothing forgives its failure. */
  readonly barred?: boolean | undefined;
  /** Names of handlers that it may notify, where nobody can tell whether anything changes. */
  readonly mayNotify?: readonly string[] | undefined;
}

const NO_VARS: ReadonlyMap<string, Raw> = new Map();

/** Runs a task on one host, emits its results, and says what it gave; `top` are variables above all others. */
export async function runTask(at: TaskAt, place: Place, top: ReadonlyMap<string, Raw> = NO_VARS): Promise<HostOutcome> {
  const { host } = place;
  const { run, frame, task, info } = at;
  const started = performance.now();
  run.emit({ type: 'host-start', taskId: info.id, host, time: Date.now() });
  const scope = run.variables.scope(frame, host, { item: task, top });
  const { ran, items } = await runAll(at, place, scope);
  const outcome = settle(at, scope, ran.answer, items ?? [ran]);
  run.emit({
    type: 'host-result',
    task: info,
    host,
    ...delegation(at, ran),
    status: outcome.status,
    result: outcome.result,
    diffs: items ? [] : ran.answer.diffs,
    changes: ran.answer.changes,
    ...doubtOf(ran.answer),
    time: Date.now(),
    duration: performance.now() - started,
    looped: items !== undefined,
    ignored: outcome.ignored,
    position: ran.answer.position ?? task.position,
  });
  return outcome;
}

/** Items of a loop after which others get their turn. */
const TURNS = 64;

interface All {
  readonly ran: Ran;
  /** One for each turn, if the task has a loop. */
  readonly items?: readonly Ran[];
}

async function runAll(at: TaskAt, place: Place, given: VarScope): Promise<All> {
  const scope = attending(at, given);
  let items: Value[] | undefined;
  try {
    items = loopItems(at.task, scope);
  } catch (error) {
    return { ran: { answer: loopFailure(error, at, scope) } };
  }
  if (items && scope.doubt !== undefined) return { ran: { answer: doubtful('what it loops over', scope.doubt) } };
  if (!items) return { ran: await runOnce({ at, place, scope, onRetry: retryEvent(at, place.host) }) };
  return runLoop(at, place, scope, items);
}

/** A loop over something undefined is no failure where the task would not run anyway. */
function loopFailure(error: unknown, at: TaskAt, scope: VarScope): Answer {
  try {
    const no = firstFalse(gathered(at.task, at.frame.play, 'when'), scope);
    if (no)
      return skipped([
        ['skip_reason', 'Conditional result was False'],
        ['false_condition', no.text],
      ]);
  } catch {
    // The condition needs the loop's own variables: the loop's error is what the user must see.
  }
  const failed = failure(error);
  return scope.doubt === undefined ? failed : doubtful(String(failed.result.get('msg')), scope.doubt);
}

async function runLoop(at: TaskAt, place: Place, scope: VarScope, items: readonly Value[]): Promise<All> {
  if (items.length === 0) {
    const nothing = skipped([
      ['skipped_reason', 'No items in the list'],
      ['results', []],
    ]);
    return { ran: { answer: nothing }, items: [] };
  }
  const { task, run } = at;
  const { host } = place;
  const control = task.keywords.loop_control;
  const names = loopNames(control, scope);
  const turns: Ran[] = [];
  // What a turn sets the next one sees.
  const facts = new Map<string, Raw>();
  let last: Ran | undefined;
  for (let position = 0; position < items.length; position++) {
    if (position > 0) await pauseBetween(control?.pause, scope, run.interrupted);
    if (run.interrupted.aborted && position > 0) break;
    // Signals and timers come in even where no item waits for a host.
    if (position % TURNS === 0) await turnOfOthers();
    const { item, vars } = turn(items, position, names);
    const inner = scope.with(facts.size > 0 ? new Map([...facts, ...vars]) : vars);
    const started = performance.now();
    const here = run.record.keeps || run.overseer ? atItem(place, position, item) : place;
    run.overseer?.come(here, visitOf(at));
    last =
      recalledTurn(at, here) ?? (await runOnce({ at, place: here, scope: inner, onRetry: retryEvent(at, host, item) }));
    if (last.broken) return { ran: last };
    for (const [name, value] of vars) if (name !== 'ansible_loop') last.answer.result.set(name, value as Value);
    turns.push(last);
    for (const effect of last.answer.effects) {
      if (effect.kind === 'facts') for (const [name, value] of effect.facts) facts.set(name, value);
    }
    extendInventory(last.answer, host, run);
    if (!last.recalled) {
      rememberTurn(at, here, last);
      emitItem(at, host, inner, last, item, performance.now() - started);
    }
    // The next turn may go to another host.
    if (last.answer.unreachable && task.keywords.delegate_to === undefined) break;
    if (last.answer.barred) break;
    if (control?.break_when && stops(control.break_when, inner, last.answer, task.keywords.register)) break;
  }
  return { ran: { answer: together(turns.map((one) => one.answer)), delegatedTo: last?.delegatedTo }, items: turns };
}

function stops(conditions: readonly Raw[], scope: VarScope, { result }: Answer, register: string | undefined): boolean {
  const seen = register ? scope.with(new Map([[register, result]])) : scope;
  return firstFalse(conditions, seen) === undefined;
}

async function pauseBetween(raw: Raw | undefined, scope: VarScope, interrupted: AbortSignal): Promise<void> {
  const seconds = raw === undefined ? 0 : Number(evaluate(raw, scope));
  // Who is interrupted looks whether there is a next item.
  if (seconds > 0) await pause(seconds, interrupted).catch(() => {});
}

function emitItem(at: TaskAt, host: string, scope: VarScope, ran: Ran, item: Value, duration: number): void {
  const { answer: one } = ran;
  const { task, info, run } = at;
  const label = labelOf(at, scope, item, one);
  run.emit({
    type: 'item-result',
    task: info,
    host,
    ...delegation(at, ran),
    status: statusOf(one),
    result: one.result,
    diffs: one.diffs,
    changes: one.changes,
    ...doubtOf(one),
    time: Date.now(),
    duration,
    item,
    label,
    ignored: statusOf(one) === 'failed' && (flag(task, at.frame.play, 'ignore_errors', scope) ?? false),
  });
}

function labelOf({ task }: TaskAt, scope: VarScope, item: Value, one: Answer): string {
  try {
    return pyStr(itemLabel(task.keywords.loop_control, item, scope));
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    one.result.set('failed', true);
    one.result.set('msg', `Failed to template loop_control.label: ${error.message}`);
    return pyStr(item);
  }
}

/** The result of a loop: those of its turns, and whether any changed or failed. */
function together(answers: readonly Answer[]): Answer {
  const any = (key: string) => answers.some(({ result }) => is(result, key));
  const unreachable = answers.some((one) => one.unreachable);
  const all = answers.every(({ result }) => is(result, 'skipped'));
  const result: Dict = new Map<Value, Value>([
    ['results', answers.map((one) => one.result)],
    ['skipped', all],
    ['changed', any('changed')],
  ]);
  if (!all) result.delete('skipped');
  if (any('failed')) result.set('failed', true);
  if (unreachable) result.set('unreachable', true);
  result.set(
    'msg',
    any('failed') || unreachable ? 'One or more items failed' : all ? 'All items skipped' : 'All items completed',
  );
  return answer(result, {
    changes: answers.flatMap((one) => one.changes),
    unknown: all && answers.some((one) => one.unknown),
    doubt: answers.find((one) => one.doubt !== undefined)?.doubt,
    unreachable,
    barred: answers.some((one) => one.barred),
  });
}

/** What follows from the answer: ignored or not, handlers to notify. */
function settle(at: TaskAt, scope: VarScope, whole: Answer, ran: readonly Ran[]): HostOutcome {
  const { task, frame } = at;
  const status = statusOf(whole);
  let ignored = false;
  let notify: string[] = [];
  let mayNotify: string[] = [];
  try {
    if (status === 'failed' && !whole.barred) ignored = flag(task, frame.play, 'ignore_errors', scope) ?? false;
    if (status === 'unreachable') ignored = flag(task, frame.play, 'ignore_unreachable', scope) ?? false;
    if (is(whole.result, 'changed') && status !== 'failed') notify = handlerNames(nearestNotify(task), scope);
    else if (isUnsure(whole, ran)) mayNotify = handlerNames(nearestNotify(task), scope);
  } catch (error) {
    const broken = failure(error);
    return { status: 'failed', result: broken.result, ignored: false, ran: [{ answer: broken }], notify: [] };
  }
  return { status, result: whole.result, ignored, ran, notify, mayNotify, barred: whole.barred };
}

/** Whether the task, or a turn of its loop, is one that check mode cannot tell. */
function isUnsure(whole: Answer, ran: readonly Ran[]): boolean {
  return whole.unknown || ran.some(({ answer }) => answer.unknown);
}

/** `notify` of the task, else of the nearest block or import around it. */
function nearestNotify(task: Task): readonly Raw[] {
  for (const at of ancestors(task)) {
    if (at.keywords.notify && (at === task || at.kind === 'block')) return at.keywords.notify;
  }
  return [];
}

function handlerNames(notify: readonly Raw[], scope: VarScope): string[] {
  return notify.flatMap((raw) => {
    const value = evaluate(raw, scope);
    return (Array.isArray(value) ? value : [value]).map(pyStr);
  });
}

function retryEvent(at: TaskAt, host: string, item?: Value): (answer: Answer, left: number) => void {
  return ({ result }, left) =>
    at.run.emit({ type: 'retry', task: at.info, host, left, result, ...(item === undefined ? {} : { item }) });
}

function doubtOf({ doubt }: Answer): Pick<HostResult, 'doubt'> {
  return doubt === undefined ? {} : { doubt };
}

/** Where the work was done, if elsewhere. */
function delegation({ run }: TaskAt, { delegatedTo }: Ran): Pick<HostResult, 'delegatedTo' | 'delegatedAddress'> {
  if (delegatedTo === undefined) return {};
  const address = run.variables.hostScope(delegatedTo).said('ansible_host');
  if (address === undefined || address === null || address === delegatedTo) return { delegatedTo };
  return { delegatedTo, delegatedAddress: pyStr(address) };
}
