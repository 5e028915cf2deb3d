import { defineModule } from '../define.ts';
import { inspectUnit } from '../systemd/inspect.ts';
import { planUnit, reportUnit, type UnitWish } from '../systemd/plan.ts';
import { inspectInit } from './inspect.ts';
import { planInit, reportInit, type ServiceWish } from './plan.ts';

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
    use: { type: 'str', default: 'auto', doc: '`systemd`, `sysvinit`, `openrc`, or `auto`: what the host has.' },
  },
  rules: { requiredOneOf: [['state', 'enabled']] },
  async inspect(host, args) {
    // both are asked in one round trip, since most hosts have systemd
    const [init, unit] = await Promise.all([inspectInit(host, args), inspectUnit(host, args.name, 'system')]);
    return init.manager === 'systemd' ? { unit } : { init };
  },
  plan: (args, { unit, init }) => (init ? planInit(args, init) : planUnit(unitWish(args), unit)),
  report: (args, { unit, init }, outcomes) =>
    init ? reportInit(args, init, outcomes) : reportUnit(unitWish(args), unit, outcomes),
  examples: `- service:
    name: cron
    state: started
    enabled: true`,
});

function unitWish({ name, state, enabled }: ServiceWish): UnitWish {
  return {
    name,
    state,
    enabled,
    masked: null,
    force: null,
    daemon_reload: false,
    daemon_reexec: false,
    scope: 'system',
    no_block: false,
  };
}
