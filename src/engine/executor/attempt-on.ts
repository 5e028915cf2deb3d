import type { Doer, Place } from '../journal/types.ts';
import { TsplayError } from '../model/errors.ts';
import type { Task } from '../model/playbook.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import type { Watch } from '../plan/overseer.ts';
import type { Foreseen } from '../remote/foreseen.ts';
import type { ConnectionSettings, Session, SessionOptions } from '../remote/types.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import type { VarScope } from '../vars/scope.ts';
import { type Attempt, attempt, type Given } from './attempt.ts';
import { backgroundOf } from './background/limits.ts';
import { runInBackground } from './background/run.ts';
import { connectionSettings } from './connections.ts';
import { jobFolder, makeController } from './controller.ts';
import { delegateScope } from './delegate.ts';
import { foreseenOn } from './foreseen-on.ts';
import { flag } from './keywords.ts';
import { lookOf } from './places.ts';
import { ownReach, type Reach, sharedReach } from './reach.ts';
import { recordedReach } from './recorded-reach.ts';
import type { Answer } from './result.ts';
import { sessionOptions, timeLimit } from './session-options.ts';
import { storeReach } from './store-reach.ts';
import type { TaskAt } from './task-at.ts';

/** What a try goes by. */
export interface Inputs {
  readonly scope: VarScope;
  readonly args: Given;
  readonly delegatedTo: string | undefined;
}

/** One try of a task for a host, in the foreground or the background. */
export async function attemptOn(at: TaskAt, place: Place, inputs: Inputs): Promise<Answer> {
  const { run, module, task } = at;
  const { scope, args, delegatedTo } = inputs;
  const { host } = place;
  if (!module) throw noModule(task);
  for (const [name, spec] of Object.entries(module.args)) {
    const value = spec.noLog ? args.get(name) : undefined;
    if (typeof value === 'string') run.secret(value);
  }
  const background = backgroundOf(at, module, scope);
  const target = delegatedTo ?? host;
  const targetScope = delegatedTo ? delegateScope(at, host, delegatedTo) : scope;
  const settings = once(() => settingsFor(at, target, scope, targetScope));
  const options = once(() => sessionOptions(at, target, scope, targetScope));
  const doer = () => doerOf(at, scope, settings(), options());
  const checkMode = flag(task, at.frame.play, 'check_mode', scope) ?? run.settings.checkMode;
  const undo = () => undoOf(at, scope);
  const looksOnly = task.keywords.changed_when?.includes(false) ?? false;
  const watch = run.overseer?.watch(place, { target, checkMode, undo, looksOnly });
  const recorded = (reach: Reach) => recordedReach(reach, run.record, place, doer);
  const shared = recorded(module.shares ? storeReach(run) : sharedReach(run.connections, settings, options));
  const here = { host, target, turn: lookOf(run, place), checkMode, watch };
  const attemptOver = (reach: Reach) => attemptWith(at, here, module, inputs, reach);
  if (!background) return await attempt(attemptOver(shared));
  return await runInBackground({
    jobs: run.jobs,
    background,
    label: `${at.info.name} on ${target}`,
    folder: jobFolder(run, scope),
    shared,
    own: module.shares ? shared : recorded(ownReach(settings, options)),
    attemptOver,
    interrupted: run.interrupted,
    tell: (state, result) => run.emit({ type: 'poll', state, task: at.info, host, result }),
  });
}

/** Asked for by several, worked out when the first one asks. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The user's own way to take the task back. */
function undoOf({ task: { keywords } }: TaskAt, scope: VarScope): string | undefined {
  return keywords.undo === undefined ? undefined : pyStr(evaluate(keywords.undo, scope));
}

function doerOf(at: TaskAt, scope: VarScope, connection: ConnectionSettings, session: SessionOptions): Doer {
  const { task, info } = at;
  const { name, noLog } = info;
  return {
    name,
    action: task.written,
    position: task.position,
    noLog,
    undo: undoOf(at, scope),
    connection,
    session,
  };
}

function settingsFor({ run, task, frame }: TaskAt, target: string, scope: VarScope, targetScope: VarScope) {
  const found: ConnectionSettings = connectionSettings(target, task, frame.play, scope, targetScope, run.defaults);
  for (const secret of [found.password, found.privateKeyPassphrase]) if (secret) run.secret(secret);
  return found;
}

interface Here {
  readonly host: string;
  readonly target: string;
  readonly turn: string;
  readonly checkMode: boolean;
  readonly watch: Watch | undefined;
}

function attemptWith(
  at: TaskAt,
  { host, target, turn, checkMode, watch }: Here,
  module: ModuleDefinition,
  { scope, args }: Inputs,
  reach: Reach,
): Attempt {
  const { run, frame, task } = at;
  const controller = makeController(run, {
    scope,
    checkMode,
    diffMode: flag(task, frame.play, 'diff', scope) ?? run.settings.diffMode,
    noLog: at.info.noLog,
    host,
    position: task.position,
    peers: at.peers,
    reconnect: async () => {
      await reach.drop();
      return (await reach.open()).view;
    },
  });
  const timeout = timeLimit(at, scope);
  // A single task in check mode stands among others that do what they say.
  const foreseen = checkMode && run.settings.checkMode ? foreseenOn(run, target) : undefined;
  let unforeseen: string | undefined;
  return {
    module,
    args,
    controller,
    session:
      foreseen && !module.asksOnly
        ? () => foreseenSession(reach, foreseen, turn, (what) => (unforeseen ??= what))
        : reach.open,
    checkMode,
    action: task.written,
    timeout,
    foresee: (changes) => {
      foreseen?.add(changes, turn);
      // That it will be there is known, and nothing else.
      const made = args.get('creates');
      if (typeof made === 'string' && made.startsWith('/')) foreseen?.leaveOutPath(made, at.info.name);
    },
    made: (changes) => run.foreseen.get(target)?.made(changes, turn),
    watch,
    doubt: () => foreseen?.doubt(turn),
    unforeseen: () => unforeseen,
  };
}

async function foreseenSession(
  reach: Reach,
  foreseen: Foreseen,
  turn: string,
  onDoubt: (what: string) => void,
): Promise<Session> {
  const session = await reach.open();
  return { ...session, view: foreseen.over(session.view, turn, onDoubt) };
}

/** Content may name modules that are not here, as long as no host comes to them. */
function noModule({ written, position, unavailable }: Task): TsplayError {
  const reason = unavailable
    ? `The module ${unavailable}.`
    : 'This often indicates a misspelling, missing collection, or incorrect module path.';
  return new TsplayError('module', `couldn't resolve module/action '${written}'. ${reason}`, { position });
}
