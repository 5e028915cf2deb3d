import type { Outcome } from '../../model/change.ts';
import { dict, type Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import { linesOf } from '../text-file.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { type InitState, inspectInit } from './inspect.ts';
import { planInit, type ServiceWish } from './plan.ts';

const args = {
  name: { type: 'str', required: true, aliases: ['service'], doc: 'The service.' },
  state: {
    type: 'str',
    choices: ['started', 'stopped', 'restarted', 'reloaded'],
    doc: 'Whether it runs; `restarted` and `reloaded` always act.',
  },
  enabled: { type: 'bool', doc: 'Whether it starts at boot.' },
  sleep: { type: 'int', default: 1, doc: 'Seconds between stop and start of a restart.' },
  pattern: { type: 'str', doc: 'Text in the process table that shows that it runs.' },
  arguments: { type: 'str', aliases: ['args'], doc: 'More words for its script.' },
  runlevels: { type: 'list', elements: 'str', doc: 'Run levels that `enabled` is for; its own by default.' },
  daemonize: {
    type: 'bool',
    default: false,
    doc: 'Leave the script to itself, for one that does not put itself in the background.',
  },
} as const satisfies Record<string, ArgSpec>;

type SysvArgs = ArgsOf<typeof args>;

interface SysvState extends InitState {
  /** Those of `runlevels` at which it starts. */
  readonly levels: readonly string[];
}

export const sysvinit = defineModule({
  name: 'sysvinit',
  collection: 'ansible.builtin',
  summary: 'Control services by their init scripts',
  args,
  rules: { requiredOneOf: [['state', 'enabled']] },
  async inspect(host, given): Promise<SysvState> {
    const { name, runlevels } = given;
    const [init, levels] = await Promise.all([
      inspectInit(host, wishOf(given)),
      host.query(
        sh`for l in ${runlevels ?? []}; do for f in /etc/rc"$l".d/S??${name}; do [ ! -e "$f" ] || { echo "$l"; break; }; done; done; :`,
      ),
    ]);
    return { ...init, manager: 'sysvinit', levels: linesOf(levels.stdout.toString('utf8')) };
  },
  plan: planSysv,
  report: reportSysv,
  examples: '- sysvinit: {name: apache2, state: started, enabled: true}',
});

function wishOf({ name, state, enabled, sleep, pattern, arguments: more, runlevels }: SysvArgs): ServiceWish {
  return {
    name,
    state,
    enabled: runlevels === null ? enabled : null,
    sleep,
    pattern,
    runlevel: 'default',
    arguments: more ?? '',
    use: 'sysvinit',
  };
}

function planSysv(given: SysvArgs, state: SysvState): Plan {
  const plan = planInit(wishOf(given), state);
  if (plan.failed !== undefined) return plan;
  const boot = levelsChange(given, state);
  const changes = [...(boot ? [boot] : []), ...plan.changes.map((change) => detached(given, change))];
  return {
    changes,
    result: {
      name: given.name,
      status: statusOf(
        given,
        changes.map(({ summary }) => summary),
        [],
      ),
    },
  };
}

/** A script that stays in the foreground is left behind. */
function detached({ daemonize, name }: SysvArgs, change: Plan['changes'][number]): Plan['changes'][number] {
  if (!daemonize || change.kind !== 'run' || !/^(re)?start /.test(change.summary)) return change;
  const script = sh`( ${change.script} ) </dev/null >/dev/null 2>&1 &`;
  return runChange(`start ${name}`, script, change.undo ? { undo: change.undo } : {});
}

function levelsChange({ name, enabled, runlevels }: SysvArgs, { levels }: SysvState) {
  if (enabled === null || runlevels === null) return undefined;
  if (runlevels.every((level) => levels.includes(level) === enabled)) return undefined;
  const turn = (
    on: boolean,
  ) => sh`if command -v update-rc.d >/dev/null; then update-rc.d ${name} ${on ? 'enable' : 'disable'} ${runlevels}
else chkconfig --level ${runlevels.join('')} ${name} ${on ? 'on' : 'off'}; fi`;
  return runChange(`${enabled ? 'enable' : 'disable'} ${name}`, turn(enabled), { undo: turn(!enabled) });
}

/** How each of the two wishes went, as Ansible tells it. */
function statusOf(given: SysvArgs, summaries: readonly string[], outcomes: readonly Outcome[]): Value {
  const part = (pattern: RegExp): Value => {
    const index = summaries.findIndex((summary) => pattern.test(summary));
    const outcome = index < 0 ? undefined : outcomes[index];
    const stdout = outcome ? outcome.stdout.toString('utf8') : null;
    const stderr = outcome ? outcome.stderr.toString('utf8') : null;
    return dict({ changed: index >= 0, rc: outcome?.rc ?? null, stdout, stderr });
  };
  const status = new Map<Value, Value>([['enabled', part(/^(enable|disable) /)]]);
  if (given.state !== null) status.set(given.state, part(/^(start|stop|restart|reload) /));
  return status;
}

function reportSysv(given: SysvArgs, state: SysvState, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes } = planSysv(given, state);
  const status = statusOf(
    given,
    changes.map(({ summary }) => summary),
    outcomes,
  );
  const failure = failedChange(changes, outcomes);
  if (!failure) return { result: { status } };
  const { rc, stdout, stderr } = failure.outcome;
  const failed = `Failed to ${failure.change.summary.replace(/ .*/, '')} service: ${given.name}`;
  return { failed, result: { rc, stdout: textOf(stdout), stderr: textOf(stderr), status } };
}
