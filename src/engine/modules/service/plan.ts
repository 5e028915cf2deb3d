import type { Change, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import type { Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import type { InitState } from './inspect.ts';

export interface ServiceWish {
  readonly name: string;
  readonly state: 'started' | 'stopped' | 'restarted' | 'reloaded' | null;
  readonly enabled: boolean | null;
  readonly sleep: number | null;
  readonly pattern: string | null;
  readonly runlevel: string;
  readonly arguments: string;
  readonly use: string;
}

/** Decides for OpenRC and for init scripts. */
export function planInit(wish: ServiceWish, service: InitState): Plan {
  if (!service.exists) return { changes: [], failed: `Could not find the requested service ${wish.name}: host` };
  const changes: Change[] = [];
  const result: Record<string, Value> = { name: wish.name };
  if (wish.enabled !== null) {
    result['enabled'] = wish.enabled;
    if (wish.enabled !== service.enabled) changes.push(bootChange(wish, service, wish.enabled));
  }
  if (wish.state !== null) {
    result['state'] = wish.state === 'stopped' ? 'stopped' : 'started';
    const verb = verbFor(wish.state, service.running);
    if (verb) changes.push(stateChange(wish, service, verb));
  }
  return { changes, result };
}

type Verb = 'start' | 'stop' | 'restart' | 'reload';

function verbFor(state: NonNullable<ServiceWish['state']>, running: boolean | undefined): Verb | undefined {
  if (state === 'started') return running === true ? undefined : 'start';
  if (state === 'stopped') return running === false ? undefined : 'stop';
  if (running === false) return 'start';
  return state === 'restarted' ? 'restart' : 'reload';
}

function stateChange(wish: ServiceWish, service: InitState, verb: Verb): Change {
  const call = (word: Verb) => control(wish, service, word);
  const pause = wish.sleep ?? 0;
  const script = verb === 'restart' && pause > 0 ? sh`${call('stop')}; sleep ${pause}; ${call('start')}` : call(verb);
  const back = verb === 'start' ? 'stop' : verb === 'stop' ? 'start' : undefined;
  return runChange(`${verb} ${wish.name}`, script, back ? { undo: call(back) } : {});
}

function control({ name, arguments: more }: ServiceWish, { manager }: InitState, verb: Verb): Script {
  const words = more.split(/\s+/).filter((word) => word !== '');
  return manager === 'openrc' ? sh`rc-service ${name} ${verb} ${words}` : sh`${`/etc/init.d/${name}`} ${verb} ${words}`;
}

function bootChange({ name, runlevel }: ServiceWish, { manager }: InitState, enable: boolean): Change {
  const script = (on: boolean) => {
    if (manager === 'openrc') return sh`rc-update ${on ? 'add' : 'del'} ${name} ${runlevel}`;
    return sh`if command -v update-rc.d >/dev/null; then update-rc.d ${name} ${on ? 'enable' : 'disable'}
else chkconfig ${name} ${on ? 'on' : 'off'}; fi`;
  };
  return runChange(`${enable ? 'enable' : 'disable'} ${name}`, script(enable), { undo: script(!enable) });
}

export function reportInit(wish: ServiceWish, service: InitState, outcomes: readonly Outcome[]): Partial<Plan> {
  const failure = failedChange(planInit(wish, service).changes, outcomes);
  if (!failure) return {};
  const { stdout, stderr } = failure.outcome;
  return { failed: `Unable to ${failure.change.summary}: ${textOf(stderr) || textOf(stdout)}` };
}
