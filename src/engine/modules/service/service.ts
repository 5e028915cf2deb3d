import { defineModule } from '../define.ts';
import { inspectUnit, lastingState } from '../systemd/inspect.ts';
import { planUnit, reportUnit, type UnitWish } from '../systemd/plan.ts';
import { inspectInit } from './inspect.ts';
import { planInit, reportInit, type ServiceWish } from './plan.ts';

/** What only systemd knows. */
interface SystemdWish {
  readonly masked: boolean | null;
  readonly daemon_reload: boolean | null;
  readonly daemon_reexec: boolean | null;
  readonly force: boolean | null;
  readonly no_block: boolean | null;
  readonly scope: 'system' | 'user' | 'global' | null;
}

const systemdOnly = ['masked', 'daemon_reload', 'daemon_reexec', 'force', 'no_block', 'scope'] as const;

export const service = defineModule({
  name: 'service',
  collection: 'ansible.builtin',
  summary: "Control services with whatever starts the host's services",
  args: {
    name: { type: 'str', required: true, doc: 'The service.' },
    state: {
      type: 'str',
      choices: ['reloaded', 'restarted', 'started', 'stopped'],
      doc: 'Whether it runs; `restarted` and `reloaded` always act.',
    },
    enabled: { type: 'bool', doc: 'Whether it starts at boot.' },
    sleep: { type: 'int', doc: 'Seconds between stop and start of a restart. Not used with systemd.' },
    pattern: { type: 'str', doc: 'Text in the process table that shows that it runs. Not used with systemd.' },
    runlevel: { type: 'str', default: 'default', doc: 'Run level of OpenRC. Not used with systemd.' },
    arguments: {
      type: 'str',
      default: '',
      aliases: ['args'],
      doc: 'More words for its script. Not used with systemd.',
    },
    masked: { type: 'bool', doc: 'Whether it cannot be started at all. With systemd only, as what follows.' },
    daemon_reload: { type: 'bool', aliases: ['daemon-reload'], doc: 'Read unit files again first.' },
    daemon_reexec: { type: 'bool', aliases: ['daemon-reexec'], doc: 'Start systemd anew first.' },
    force: { type: 'bool', doc: 'Replace symbolic links that are in the way.' },
    no_block: { type: 'bool', doc: 'Do not wait until it is done.' },
    scope: { type: 'str', choices: ['system', 'user', 'global'], doc: 'Manager of the unit: the system, or a user.' },
    use: { type: 'str', default: 'auto', doc: '`systemd`, `sysvinit`, `openrc`, or `auto`: what the host has.' },
  },
  rules: { requiredOneOf: [['state', 'enabled', 'masked', 'daemon_reload', 'daemon_reexec']] },
  async inspect(host, args) {
    // both are asked in one round trip, since most hosts have systemd
    const [init, unit] = await Promise.all([
      inspectInit(host, args),
      inspectUnit(host, args.name, args.scope ?? 'system'),
    ]);
    return init.manager === 'systemd' ? { unit } : { init };
  },
  basis: ({ unit, init }) => ({ init, unit: unit && lastingState(unit) }),
  plan(args, { unit, init }) {
    if (!init) return planUnit(unitWish(args), unit);
    const foreign = systemdOnly.filter((name) => args[name] !== null);
    if (foreign.length === 0) return planInit(args, init);
    return { changes: [], failed: `Unsupported parameters for (${init.manager}) module: ${foreign.join(', ')}` };
  },
  report: (args, { unit, init }, outcomes) =>
    init ? reportInit(args, init, outcomes) : reportUnit(unitWish(args), unit, outcomes),
  examples: `- service:
    name: cron
    state: started
    enabled: true`,
});

function unitWish(args: ServiceWish & SystemdWish): UnitWish {
  return {
    ...args,
    daemon_reload: args.daemon_reload ?? false,
    daemon_reexec: args.daemon_reexec ?? false,
    no_block: args.no_block ?? false,
    scope: args.scope ?? 'system',
  };
}
