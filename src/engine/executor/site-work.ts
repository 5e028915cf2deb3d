import { setImmediate as turnOfOthers } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Place } from '../journal/types.ts';
import type { TaskInfo } from '../model/event.ts';
import type { Block, Task } from '../model/playbook.ts';
import { moduleNamed } from '../modules/registry.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { gathered } from '../vars/inherit.ts';
import type { Doubt } from '../vars/layer.ts';
import type { VariableStore } from '../vars/store.ts';
import { runDebugged } from './debugger/task.ts';
import { carryOut } from './effects.ts';
import { foreseenOn } from './foreseen-on.ts';
import { includeSites } from './include-sites.ts';
import { flag, number } from './keywords.ts';
import { toldBy } from './looks.ts';
import { metaOutcome } from './meta.ts';
import { notifyAll } from './notifications.ts';
import { type Path, pathKey } from './path.ts';
import { peersOf } from './peers.ts';
import { arriveAt } from './places.ts';
import type { PlayState, Site } from './play-state.ts';
import { recalled, remember } from './recall.ts';
import { withoutInternal } from './result.ts';
import { count, countIncludes } from './tally.ts';
import type { TaskAt } from './task-at.ts';
import { taskName } from './task-name.ts';
import type { HostOutcome } from './task-run.ts';
import { visitOf } from './visit.ts';

/** How a host goes on after a place. */
export interface SiteOutcome {
  readonly status: HostOutcome['status'];
  readonly ignored: boolean;
  readonly result: HostOutcome['result'];
  /** What an include brought for this host, in order. */
  readonly blocks?: readonly { readonly block: Block; readonly path: Path; readonly finished?: string | undefined }[];
  /** The host did not do the work itself: it has the result of run_once. */
  readonly shared?: boolean;
  /** A meta action that the host's own program carries out. */
  readonly meta?: string;
}

/** The work of one place for the hosts that meet there. */
export async function workAt(
  state: PlayState,
  path: Path,
  site: Site,
  hosts: readonly string[],
): Promise<Map<string, SiteOutcome>> {
  const { task } = site;
  // Signals come in also where task after task needs no host.
  await turnOfOthers();
  const at = await taskAt(state, path, site, hosts);
  if (task.action === 'meta') return metaOutcome(state, at, hosts);
  const arrivals = hosts.map((host) => arrival(state, at, host));
  const fresh = arrivals.filter(({ known }) => !known).map(({ host }) => host);
  if (fresh.length > 0) state.run.emit({ type: 'task-start', task: at.info, hosts: fresh, time: Date.now() });
  const outcomes =
    task.action === 'include_tasks' || task.action === 'include_role'
      ? await include(state, at, path, arrivals)
      : await runModule(state, at, arrivals);
  for (const [host, outcome] of outcomes) {
    if (outcome.blocks && outcome.status === 'ok') countIncludes(state, host, outcome.blocks.length);
    else if (!outcome.shared) count(state, host, outcome);
    if (outcome.status === 'failed' || outcome.status === 'unreachable') continue;
    if (task.role && outcome.status !== 'skipped') state.hosts.get(host)?.startedRoles.add(task.role.path);
  }
  return outcomes;
}

async function taskAt(
  state: PlayState,
  path: Path,
  { task, handler }: Site,
  hosts: readonly string[],
): Promise<TaskAt> {
  const { run, frame } = state;
  const key = pathKey(path);
  let info = state.infos.get(key);
  if (!info) {
    info = describe(state, task, handler, hosts[0]!);
    state.infos.set(key, info);
  }
  return { run, frame, task, info, peers: peersOf(state), module: await moduleOf(state, task, hosts[0]!) };
}

/** The task's module; `action: "{{ ... }}"` names it with the first host's variables. */
async function moduleOf({ run, frame }: PlayState, task: Task, host: string): Promise<ModuleDefinition | undefined> {
  if (!task.deferredAction)
    return task.unavailable ? undefined : moduleNamed(task.action, task.source, run.loader.script);
  const scope = run.variables.scope(frame, host, { item: task });
  const name = pyStr(evaluate(task.deferredAction, scope));
  const source = run.loader.moduleSource(name, frame.play, task);
  const module = await moduleNamed(name, source, run.loader.script);
  // What must not run is ours; a module of the user of the same name is another.
  return source === undefined && module && run.rejected.has(module.name) ? undefined : module;
}

/** Each host may name another module. */
async function forHost(state: PlayState, at: TaskAt, host: string): Promise<TaskAt> {
  return at.task.deferredAction ? { ...at, module: await moduleOf(state, at.task, host) } : at;
}

function describe({ run, frame }: PlayState, task: Task, handler: boolean, host: string): TaskInfo {
  const scope = run.variables.scope(frame, host, { item: task });
  const safely = (name: 'no_log' | 'check_mode' | 'diff') => {
    try {
      return flag(task, frame.play, name, scope);
    } catch {
      return undefined; // Needs a loop's variables: decided for each item; hidden until then.
    }
  };
  const noLog = safely('no_log');
  return {
    id: run.nextTaskId(),
    name: taskName(task, scope),
    action: task.written,
    position: task.position,
    handler,
    checkMode: safely('check_mode') ?? run.settings.checkMode,
    diff: safely('diff') ?? run.settings.diffMode,
    noLog: noLog ?? (hides(task) || run.settings.noLog),
    tags: gathered(task, frame.play, 'tags').map((tag) => pyStr(evaluate(tag, scope))),
  };
}

/** A no_log that cannot be told yet hides. */
function hides(task: Task): boolean {
  return task.keywords.no_log !== undefined;
}

/** A host at a task. */
interface Arrival {
  readonly host: string;
  readonly place: Place;
  /** What an earlier part of the run did for it here. */
  readonly known: HostOutcome | undefined;
}

function arrival(state: PlayState, at: TaskAt, host: string): Arrival {
  const place = arriveAt(state, at.task, host);
  if (state.run.record.keeps) state.hosts.get(host)?.trail.push(place);
  state.run.overseer?.come(place, visitOf(at));
  return { host, place, known: recalled(at, place) };
}

/** What was included for all of them before is brought again without a word. */
async function include(
  state: PlayState,
  at: TaskAt,
  path: Path,
  arrivals: readonly Arrival[],
): Promise<Map<string, SiteOutcome>> {
  const including = runsOnce(state, at, arrivals) ? [oneOf(arrivals)] : arrivals;
  const hosts = including.map(({ host }) => host);
  const silent = including.every(({ known }) => known);
  const run = silent ? { ...state.run, emit: () => {} } : state.run;
  const outcomes = await includeSites({ ...state, run }, { ...at, run }, path, hosts);
  for (const { host, place, known } of including) {
    const outcome = outcomes.get(host);
    if (outcome && !known) remember(at, place, { ...outcome, ran: [], notify: [] }, false);
    if (outcome?.status === 'unknown') foreseenOn(run, host).leaveOut(at.info.name);
  }
  // With run_once only one host goes through what is included.
  const { blocks: _, ...shared } = outcomes.get(hosts[0]!)!;
  for (const { host } of arrivals) if (!outcomes.has(host)) outcomes.set(host, { ...shared, shared: true });
  return outcomes;
}

function runsOnce(state: PlayState, { run, task, frame }: TaskAt, arrivals: readonly Arrival[]): boolean {
  if (state.strategy !== 'linear') return false;
  const scope = run.variables.scope(frame, arrivals[0]!.host, { item: task });
  return flag(task, frame.play, 'run_once', scope) ?? false;
}

/** Which host does it for all: the one that has done it, if the run was interrupted since. */
function oneOf(arrivals: readonly Arrival[]): Arrival {
  return arrivals.find(({ known }) => known) ?? arrivals[0]!;
}

async function runModule(
  state: PlayState,
  at: TaskAt,
  arrivals: readonly Arrival[],
): Promise<Map<string, SiteOutcome>> {
  const hosts = arrivals.map(({ host }) => host);
  const { run, frame } = state;
  const { task } = at;
  const first = hosts[0]!;
  const scope = run.variables.scope(frame, first, { item: task });
  const bypass = at.module?.runOnce ?? false;
  const forAll = bypass || runsOnce(state, at, arrivals);
  const workers = forAll ? [oneOf(arrivals)] : arrivals;
  const throttled = throttleOf(state, at, number(task, frame.play, 'throttle', scope) ?? 0);
  const outcomes = new Map<string, SiteOutcome>();
  await Promise.all(
    workers.map(({ host, place, known }) =>
      throttled(async () => {
        const outcome = known ?? (await state.slots(() => runAndRemember(state, at, place)));
        const receivers = forAll ? hosts : [host];
        keep(state, at, outcome, place, receivers);
        tellNotified(state, place, outcome);
        for (const receiver of receivers)
          outcomes.set(receiver, receiver === host ? outcome : { ...outcome, shared: true });
      }),
    ),
  );
  return outcomes;
}

async function runAndRemember(state: PlayState, at: TaskAt, place: Place): Promise<HostOutcome> {
  const outcome = await runDebugged(state, await forHost(state, at, place.host), place);
  const caught = (state.hosts.get(place.host)?.rescuers ?? 0) > 0;
  remember(at, place, outcome, caught);
  if (at.module?.judges && outcome.status === 'failed' && !outcome.ignored && !caught) haveToldAnew(at, place.host);
  return outcome;
}

/** What was judged, and fell short, may be mended before somebody goes on with the run. */
function haveToldAnew({ run, frame, task }: TaskAt, host: string): void {
  const scope = run.variables.scope(frame, host, { item: task });
  for (const place of run.looks.judgedBy(task, frame.play, host, scope)) run.record.forget(place);
}

/** Bounds how many hosts work on a task at the same time; hosts of strategy `free` come one by one and share it. */
function throttleOf(
  { throttles }: PlayState,
  { info }: TaskAt,
  throttle: number,
): <T>(work: () => Promise<T>) => Promise<T> {
  if (throttle <= 0) return (work) => work();
  const limit = throttles.get(info.id) ?? pLimit(throttle);
  throttles.set(info.id, limit);
  return limit;
}

/** Registers the result, carries out the effects, notifies. */
function keep(state: PlayState, at: TaskAt, outcome: HostOutcome, place: Place, receivers: readonly string[]): void {
  const { run } = state;
  const { host } = place;
  const { task, frame } = at;
  const scope = run.variables.scope(frame, host, { item: task });
  const delegatedFacts = outcome.ran.length > 0 && flag(task, frame.play, 'delegate_facts', scope);
  for (const { answer, delegatedTo } of outcome.ran) {
    const delegate = delegatedFacts ? delegatedTo : undefined;
    carryOut(answer, delegate ? [delegate] : receivers, run);
  }
  const { register } = task.keywords;
  const kept = register === undefined ? undefined : withoutInternal(outcome.result);
  const look = outcome.status === 'changed' ? undefined : { place, task };
  const told = run.record.keeps ? toldBy(task, outcome) : [];
  for (const receiver of receivers) {
    run.looks.note(receiver, told, look);
    if (register !== undefined && kept) run.variables.store.register(receiver, register, kept);
    doubtMade(run.variables.store, receiver, at, outcome);
    if (outcome.status === 'unknown') foreseenOn(run, receiver).leaveOut(at.info.name);
  }
  // What one host did for all notifies its handlers alone.
  const hostRun = state.hosts.get(host);
  if (hostRun) notifyAll(state, outcome.notify, hostRun);
}

function tellNotified({ run, handlers }: PlayState, place: Place, { notify, mayNotify = [] }: HostOutcome): void {
  if (!run.overseer) return;
  run.overseer.notifies(place, handlers.meant(notify), true);
  run.overseer.notifies(place, handlers.meant(mayNotify), false);
}

/** What a task of unknown outcome registered or set is not to be relied on. */
function doubtMade(store: VariableStore, host: string, { task, info }: TaskAt, { ran }: HostOutcome): void {
  const made = store.registeredOf(host);
  for (const { answer } of ran) {
    const why = answer.doubt ?? (answer.unknown || answer.unheard ? info.name : undefined);
    if (why === undefined) continue;
    const doubt: Doubt = { why, of: answer.doubt === undefined && !answer.unknown ? 'output' : 'value' };
    if (task.keywords.register !== undefined) made.doubt(task.keywords.register, doubt);
    for (const effect of answer.effects) {
      if (effect.kind === 'facts') for (const name of effect.facts.keys()) made.doubt(name, doubt);
    }
  }
}
