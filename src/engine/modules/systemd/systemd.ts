import { defineModule } from '../define.ts';
import { inspectUnit, lastingState } from './inspect.ts';
import { planUnit, reportUnit } from './plan.ts';

export const systemd = defineModule({
  name: 'systemd_service',
  aliases: ['systemd'],
  collection: 'ansible.builtin',
  summary: 'Control units of systemd',
  args: {
    name: { type: 'str', aliases: ['service', 'unit'], doc: 'Unit, with or without `.service`.' },
    state: {
      type: 'str',
      choices: ['reloaded', 'restarted', 'started', 'stopped'],
      doc: 'Whether it runs; `restarted` and `reloaded` always act.',
    },
    enabled: { type: 'bool', doc: 'Whether it starts at boot.' },
    force: { type: 'bool', doc: 'Replace symbolic links that are in the way.' },
    masked: { type: 'bool', doc: 'Whether it cannot be started at all.' },
    daemon_reload: { type: 'bool', default: false, aliases: ['daemon-reload'], doc: 'Read unit files again first.' },
    daemon_reexec: { type: 'bool', default: false, aliases: ['daemon-reexec'], doc: 'Start systemd anew first.' },
    scope: {
      type: 'str',
      choices: ['system', 'user', 'global'],
      default: 'system',
      doc: "The system's manager, the calling user's, or all users'.",
    },
    no_block: { type: 'bool', default: false, doc: 'Do not wait until it is done.' },
  },
  rules: {
    requiredOneOf: [['state', 'enabled', 'masked', 'daemon_reload', 'daemon_reexec']],
    requiredBy: { state: ['name'], enabled: ['name'], masked: ['name'] },
  },
  basis: (unit) => unit && lastingState(unit),
  inspect: (host, { name, scope }) => (name === null || globIn(name) ? undefined : inspectUnit(host, name, scope)),
  plan(args, unit) {
    const glob = globIn(args.name ?? '');
    if (glob) {
      const failed = `This module does not currently support using glob patterns, found '${glob}' in service name: ${args.name}`;
      return { changes: [], failed };
    }
    return planUnit(args, unit);
  },
  report: reportUnit,
  examples: `- systemd_service:
    name: ssh
    state: started
    enabled: true
    daemon_reload: true`,
});

function globIn(name: string): string | undefined {
  return /[*?[]/.exec(name)?.[0];
}
