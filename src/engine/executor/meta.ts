import { TsplayError } from '../model/errors.ts';
import type { Dict, Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import { firstFalse } from './conditions.ts';
import { connectionSettings } from './connections.ts';
import type { PlayState } from './play-state.ts';
import type { SiteOutcome } from './site-work.ts';
import type { TaskAt } from './task-at.ts';

interface Meta {
  /** For each host by itself, or once for all that meet. */
  readonly each: boolean;
  /** What it says when it is done, and when its condition does not hold. */
  done(host: string, at: TaskAt): string;
  skipped?(host: string, at: TaskAt): string;
  act?(state: PlayState, at: TaskAt, host: string, scope: VarScope): Promise<void> | void;
}

const ACTIONS: Readonly<Record<string, Meta>> = {
  noop: { each: true, done: () => 'noop' },
  flush_handlers: {
    each: true,
    done: (host) => `triggered running handlers for ${host}`,
    skipped: (host) => `, not running handlers for ${host}`,
  },
  end_host: {
    each: true,
    done: (host) => `ending play for ${host}`,
    skipped: (host) => `, continuing execution for ${host}`,
  },
  end_role: {
    each: true,
    done: (host, { task }) => `ending role ${task.role?.name ?? ''} for ${host}`,
    skipped: (host, { task }) => `continuing role ${task.role?.name ?? ''} for ${host}`,
  },
  reset_connection: { each: true, done: () => 'reset connection', act: resetConnection },
  end_play: { each: false, done: () => 'ending play', skipped: () => ', continuing play' },
  end_batch: { each: false, done: () => 'ending batch', skipped: () => ', continuing current batch' },
  clear_facts: {
    each: false,
    done: () => 'facts cleared',
    skipped: (host) => `, not clearing facts and fact cache for ${host}`,
    act: ({ run, frame }) => {
      for (const host of frame.allHosts) run.variables.store.factsOf(host).clear();
    },
  },
  clear_host_errors: {
    each: false,
    done: () => 'cleared host errors',
    skipped: (host) => `, not clearing host error state for ${host}`,
    act: ({ losses, hosts }) => {
      losses.failed.clear();
      losses.unreachable.clear();
      for (const host of hosts.values()) host.pardons += 1;
    },
  },
  refresh_inventory: {
    each: false,
    done: () => 'inventory successfully refreshed',
    act: ({ run }) => run.reloadInventory(),
  },
};

/** Tasks that tell the run itself to do something. */
export async function metaOutcome(
  state: PlayState,
  at: TaskAt,
  hosts: readonly string[],
): Promise<Map<string, SiteOutcome>> {
  const name = actionName(state, at, hosts[0]!);
  if (at.info.handler && name === 'flush_handlers') throw flushInHandler(at);
  const meta = ACTIONS[name]!;
  const workers = meta.each ? hosts : hosts.slice(0, 1);
  const outcomes = new Map<string, SiteOutcome>();
  for (const host of workers) {
    state.run.emit({ type: 'task-start', task: at.info, hosts: [host], time: Date.now() });
    const outcome = await one(state, at, host, name, meta);
    for (const receiver of meta.each ? [host] : hosts) outcomes.set(receiver, outcome);
  }
  return outcomes;
}

function flushInHandler({ task }: TaskAt): TsplayError {
  return new TsplayError('module', 'flush_handlers cannot be used as a handler', { position: task.position });
}

function actionName({ run, frame }: PlayState, { task }: TaskAt, host: string): string {
  const scope = run.variables.scope(frame, host, { item: task });
  const name = pyStr(evaluate(task.args.get('_raw_params') ?? '', scope)).trim();
  if (Object.hasOwn(ACTIONS, name)) return name;
  throw new TsplayError('play', `invalid meta action requested: ${name}`, {
    position: task.position,
    hint: `known are ${Object.keys(ACTIONS).sort().join(', ')}`,
  });
}

async function one(state: PlayState, at: TaskAt, host: string, name: string, meta: Meta): Promise<SiteOutcome> {
  const { run, frame } = state;
  const scope = run.variables.scope(frame, host, { item: at.task });
  if (meta.skipped && firstFalse(gathered(at.task, frame.play, 'when'), scope)) {
    const reason = `${name} conditional evaluated to False${meta.skipped(host, at)}`;
    run.emit({ type: 'meta', message: reason, host });
    return skip(at, host, reason, run);
  }
  await meta.act?.(state, at, host, scope);
  run.emit({ type: 'meta', message: meta.done(host, at), host });
  return { status: 'ok', ignored: false, result: new Map(), meta: name };
}

function skip(at: TaskAt, host: string, reason: string, run: PlayState['run']): SiteOutcome {
  const result: Dict = new Map<Value, Value>([
    ['skipped', true],
    ['skip_reason', reason],
  ]);
  run.emit({
    type: 'host-result',
    task: at.info,
    host,
    status: 'skipped',
    result,
    diffs: [],
    changes: [],
    time: Date.now(),
    duration: 0,
    looped: false,
    ignored: false,
  });
  return { status: 'skipped', ignored: false, result };
}

async function resetConnection(
  { run, frame }: PlayState,
  { task }: TaskAt,
  host: string,
  scope: VarScope,
): Promise<void> {
  await run.connections.drop(connectionSettings(host, task, frame.play, scope, scope, run.defaults));
}
