import type { Change, Outcome } from '../../model/change.ts';
import { dict, type Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan, Result } from '../types.ts';
import { isEnabled, type Scope, systemctl, type UnitState } from './inspect.ts';

/** What a unit shall be; null leaves it as it is. */
export interface UnitWish {
  readonly name: string | null;
  readonly state: 'started' | 'stopped' | 'restarted' | 'reloaded' | null;
  readonly enabled: boolean | null;
  readonly masked: boolean | null;
  readonly force: boolean | null;
  readonly daemon_reload: boolean;
  readonly daemon_reexec: boolean;
  readonly scope: Scope;
  readonly no_block: boolean;
}

type Verb =
  | 'daemon-reload'
  | 'daemon-reexec'
  | 'mask'
  | 'unmask'
  | 'enable'
  | 'disable'
  | 'start'
  | 'stop'
  | 'restart'
  | 'reload';

const opposite: Readonly<Partial<Record<Verb, Verb>>> = {
  mask: 'unmask',
  unmask: 'mask',
  enable: 'disable',
  disable: 'enable',
  start: 'stop',
  stop: 'start',
};

/** Decides what systemd has to be told. */
export function planUnit(wish: UnitWish, unit: UnitState | undefined): Plan {
  const verbs: Verb[] = [];
  if (wish.daemon_reload) verbs.push('daemon-reload');
  if (wish.daemon_reexec) verbs.push('daemon-reexec');
  const warnings: string[] = [];
  const result: Record<string, Value> = { name: wish.name, status: new Map() };
  if (wish.name === null || !unit) return { changes: verbs.map((verb) => order(wish, verb)), changed: false, result };

  result['status'] = dict(Object.fromEntries(unit.properties));
  const refused = refusal(wish, unit);
  if (refused !== undefined) return { changes: [], failed: refused, result };
  if (unit.hasInitScript && !unit.hasUnit) {
    warnings.push(`The service (${wish.name}) is actually an init script but the system is managed by systemd`);
  }
  const reloads = verbs.length;
  const isMasked = unit.enablement === 'masked';
  if (wish.masked !== null && wish.masked !== isMasked) verbs.push(wish.masked ? 'mask' : 'unmask');
  if (wish.enabled !== null) {
    if (isEnabled(unit, wish.scope) !== wish.enabled) verbs.push(wish.enabled ? 'enable' : 'disable');
    result['enabled'] = wish.enabled;
  }
  if (wish.state !== null) {
    const { verb, state, warning } = stateVerb(wish.state, unit);
    if (verb) verbs.push(verb);
    if (warning) warnings.push(warning);
    result['state'] = state;
  }
  return {
    changes: verbs.map((verb) => order(wish, verb)),
    changed: verbs.length > reloads,
    result: result as Result,
    warnings,
  };
}

/** A message if nothing can be done with it. A unit may come to be known by the reload that is asked for. */
function refusal(wish: UnitWish, unit: UnitState): string | undefined {
  const error = unit.properties.get('LoadError');
  if (unit.hasUnit && unit.properties.get('LoadState') !== 'masked' && error) {
    return `Error loading unit file '${wish.name}': ${error}`;
  }
  const found = unit.hasUnit || unit.hasInitScript;
  if (found || wish.daemon_reload || (wish.enabled === null && wish.state === null)) return undefined;
  return missing(wish.name);
}

function missing(name: string | null): string {
  return `Could not find the requested service ${name}: host`;
}

function stateVerb(
  wanted: NonNullable<UnitWish['state']>,
  unit: UnitState,
): { verb?: Verb; state: string; warning?: string } {
  const active = unit.properties.get('ActiveState');
  if (active === undefined && unit.offline) {
    const warning =
      'Target is a chroot or systemd is offline. This can lead to false positives or prevent the init system tools from working.';
    return { state: wanted, warning };
  }
  const running = active === 'active' || active === 'activating';
  if (wanted === 'started') return running ? { state: wanted } : { state: wanted, verb: 'start' };
  if (wanted === 'stopped') {
    return running || active === 'deactivating' ? { state: wanted, verb: 'stop' } : { state: wanted };
  }
  if (!running) return { state: 'started', verb: 'start' };
  return { state: 'started', verb: wanted === 'restarted' ? 'restart' : 'reload' };
}

function order(wish: UnitWish, verb: Verb): Change {
  const options = [...(wish.no_block ? ['--no-block'] : []), ...(wish.force ? ['--force'] : [])];
  const ctl = systemctl(wish.scope, options);
  if (verb === 'daemon-reload' || verb === 'daemon-reexec') {
    const again = sh`${ctl} ${verb}`;
    return runChange(`systemctl ${verb}`, again, { undo: again });
  }
  const name = wish.name!;
  const back = opposite[verb];
  const undo = back && { undo: sh`${systemctl(wish.scope)} ${back} -- ${name}` };
  return runChange(`${verb} ${name}`, sh`${ctl} ${verb} -- ${name}`, undo ?? {});
}

/** What went wrong, in Ansible's words; nothing if all went well. */
export function reportUnit(wish: UnitWish, unit: UnitState | undefined, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes } = planUnit(wish, unit);
  const failure = failedChange(changes, outcomes);
  if (!failure) return {};
  const [stderr, stdout] = [textOf(failure.outcome.stderr), textOf(failure.outcome.stdout)];
  const verb = failure.change.summary.split(' ').find((word) => word !== 'systemctl') ?? '';
  if (verb.startsWith('daemon-')) {
    const note = `failure ${failure.outcome.rc} during ${verb}: ${stderr}`;
    return unit?.offline ? { warnings: [`${note}; the target is a chroot or systemd is offline`] } : { failed: note };
  }
  if (/not found|does not exist|not loaded/i.test(stderr) && !unit?.hasUnit) return { failed: missing(wish.name) };
  if (verb.endsWith('mask')) return { failed: `Failed to ${verb} the service (${wish.name}): ${stderr}` };
  const output = verb === 'enable' || verb === 'disable' ? stdout + stderr : stderr;
  return { failed: `Unable to ${verb} service ${wish.name}: ${output}` };
}
