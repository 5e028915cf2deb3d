import { TsplayError } from '../model/errors.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { gathered } from '../vars/inherit.ts';
import { firstFalse } from './conditions.ts';
import { connectionSettings } from './connections.ts';
import type { PlayState } from './play-state.ts';
import type { SiteOutcome } from './site-work.ts';
import type { TaskAt } from './task-at.ts';

const ACTIONS = new Set([
  'noop',
  'flush_handlers',
  'end_play',
  'end_batch',
  'end_host',
  'end_role',
  'clear_facts',
  'clear_host_errors',
  'refresh_inventory',
  'reset_connection',
  'role_complete',
]);

/** Tasks that tell the run itself to do something. */
export async function metaOutcome(
  state: PlayState,
  at: TaskAt,
  hosts: readonly string[],
): Promise<Map<string, SiteOutcome>> {
  const outcomes = new Map<string, SiteOutcome>();
  for (const host of hosts) outcomes.set(host, await one(state, at, host));
  return outcomes;
}

async function one(state: PlayState, at: TaskAt, host: string): Promise<SiteOutcome> {
  const { run, frame } = state;
  const scope = run.variables.scope(frame, host, { item: at.task });
  const action = pyStr(evaluate(at.task.args.get('_raw_params') ?? '', scope)).trim();
  if (!ACTIONS.has(action)) {
    throw new TsplayError('parse', `invalid meta action requested: ${action}`, {
      position: at.task.position,
      hint: `known are ${[...ACTIONS].sort().join(', ')}`,
    });
  }
  const passed: SiteOutcome = { status: 'ok', ignored: false, result: new Map() };
  if (firstFalse(gathered(at.task, frame.play, 'when'), scope)) return passed;
  switch (action) {
    case 'clear_facts':
      run.variables.store.factsOf(host).clear();
      return passed;
    case 'reset_connection':
      await run.connections.drop(connectionSettings(host, at.task, frame.play, scope, scope, run.defaults));
      return passed;
    case 'end_play':
    case 'end_batch':
      run.emit({ type: 'meta', message: action === 'end_play' ? 'ending play' : 'ending batch' });
      return { ...passed, meta: action };
    case 'end_host':
      run.emit({ type: 'meta', message: `ending play for ${host}`, host });
      return { ...passed, meta: action };
    case 'end_role':
      run.emit({ type: 'meta', message: `ending role ${at.task.role?.name ?? ''} for ${host}`, host });
      return { ...passed, meta: action };
    default:
      return { ...passed, meta: action };
  }
}
