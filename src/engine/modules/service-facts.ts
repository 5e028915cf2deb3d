import { dict, type Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { linesOf } from './text-file.ts';

interface Service {
  readonly state: string;
  readonly status?: string;
  readonly source: string;
}

const badStates = new Set(['not-found', 'masked', 'failed']);
const mark = '\x1e\n';

export const serviceFacts = defineModule({
  name: 'service_facts',
  collection: 'ansible.builtin',
  summary: "Gather the states of the host's services as facts",
  args: {},
  async inspect(host) {
    const { stdout } = await host.query(sh`export LC_ALL=C
if command -v systemctl >/dev/null && [ -d /run/systemd/system ]; then
  systemctl list-units --no-pager --type service --all --plain --no-legend; printf '\036\n'
  systemctl list-unit-files --no-pager --type service --all --no-legend
  printf '\036\n'; systemctl show --property=Names,ActiveState '*.service' 2>/dev/null
else printf '\036\n\036\n'; fi; printf '\036\n'
if command -v rc-status >/dev/null; then rc-status -a -s -r 2>/dev/null; fi; printf '\036\n'
[ ! -d /etc/init.d ] || command -v rc-status >/dev/null || { command -v service >/dev/null && service --status-all 2>/dev/null; }; :`);
    return stdout.toString('utf8');
  },
  plan(_args, output) {
    const [units = '', files = '', shown = '', openrc = '', initScripts = ''] = output.split(mark);
    const services = new Map<string, Service>([
      ...initServices(initScripts),
      ...openrcServices(openrc),
      ...systemdServices(units, files, shown),
    ]);
    const described = new Map([...services].map(([name, one]) => [name as Value, dict({ name, ...one }) as Value]));
    return {
      changes: [],
      result: { ansible_facts: dict({ services: described }) },
      effects: [{ kind: 'host-facts', facts: new Map([['services', described]]) }],
    };
  },
  examples: '- service_facts:',
});

/** What is loaded, with what has a unit file only. A unit file's word is final, but for bad states. */
function systemdServices(units: string, files: string, shown: string): Map<string, Service> {
  const services = new Map<string, Service>();
  for (const line of linesOf(units)) {
    const [name = '', load = '', active = '', sub = ''] = line.replace(/^[●*\s]+/, '').split(/\s+/);
    if (!name.endsWith('.service')) continue;
    const bad = [load, active, sub].find((word) => badStates.has(word));
    services.set(name, { state: sub === 'running' ? 'running' : 'stopped', status: bad ?? active, source: 'systemd' });
  }
  const states = activeStates(shown);
  for (const line of linesOf(files)) {
    const [name = '', status = ''] = line.split(/\s+/);
    if (!name.endsWith('.service')) continue;
    const known = services.get(name);
    const template = name.includes('@.');
    if (!known)
      services.set(name, { state: states.get(name) ?? (template ? 'unknown' : 'inactive'), status, source: 'systemd' });
    else if (!badStates.has(known.status ?? '')) services.set(name, { ...known, status });
  }
  return services;
}

function activeStates(shown: string): Map<string, string> {
  return new Map(
    shown.split('\n\n').flatMap((block) => {
      const names = /^Names=(.*)$/m.exec(block)?.[1]?.split(' ') ?? [];
      const state = /^ActiveState=(.*)$/m.exec(block)?.[1];
      return state === undefined ? [] : names.map((name) => [name, state] as const);
    }),
  );
}

function openrcServices(text: string): [string, Service][] {
  return linesOf(text).flatMap((line): [string, Service][] => {
    const [, name, word] = /^\s*(\S+)\s+\[\s*(\w+)/.exec(line) ?? [];
    if (name === undefined) return [];
    return [[name, { state: word === 'started' ? 'running' : 'stopped', status: 'enabled', source: 'openrc' }]];
  });
}

/** ` [ + ]  name`, as service(8) lists them. */
function initServices(text: string): [string, Service][] {
  return linesOf(text).flatMap((line): [string, Service][] => {
    const [, sign, name] = /^\s*\[ ([+?-]) \]\s+(\S+)/.exec(line) ?? [];
    if (name === undefined) return [];
    return [[name, { state: sign === '+' ? 'running' : 'stopped', source: 'sysv' }]];
  });
}
