import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { readText, type TextFile, writeText } from './text-file.ts';
import type { Plan } from './types.ts';

interface HostnameState {
  /** Of the running system. */
  readonly current: string;
  readonly fqdn: string;
  /** The file that holds it; how the name stands in it depends on the system. */
  readonly file: TextFile;
  readonly style: 'file' | 'openrc' | 'sysconfig';
  readonly systemd: boolean;
  /** The pretty name; undefined where none was ever set. */
  readonly pretty: string | undefined;
}

const MACHINE_INFO = '/etc/machine-info';

const strategies = [
  'alpine',
  'debian',
  'freebsd',
  'generic',
  'macos',
  'macosx',
  'darwin',
  'openbsd',
  'openrc',
  'redhat',
  'sles',
  'solaris',
  'systemd',
] as const;

export const hostname = defineModule({
  name: 'hostname',
  collection: 'ansible.builtin',
  summary: "Set the host's name",
  args: {
    name: { type: 'str', required: true, doc: 'The name.' },
    use: { type: 'str', choices: strategies, doc: 'How names are kept; by default what the host shows.' },
  },
  async inspect(host, { use }): Promise<HostnameState> {
    const [{ stdout }, usual, machine] = await Promise.all([
      host.query(sh`uname -n; hostname -f 2>/dev/null || uname -n
use=${use ?? ''}
if [ -z "$use" ]; then
  if [ -d /run/systemd/system ] && command -v hostnamectl >/dev/null; then use=systemd
  elif [ -e /etc/alpine-release ]; then use=alpine; elif [ -x /sbin/openrc ]; then use=openrc
  elif [ -e /etc/redhat-release ] && [ ! -e /etc/hostname ]; then use=redhat
  elif [ -e /etc/SuSE-release ] && [ -e /etc/HOSTNAME ]; then use=sles; else use=debian; fi; fi
echo "$use"`),
      readText(host, '/etc/hostname'),
      readText(host, MACHINE_INFO),
    ]);
    const [current = '', fqdn = '', strategy = ''] = stdout.toString('utf8').split('\n');
    const style = strategy === 'openrc' ? 'openrc' : strategy === 'redhat' ? 'sysconfig' : 'file';
    const path = pathOf(strategy);
    const file = path === usual.path ? usual : await readText(host, path);
    const pretty = machine.state && (/^PRETTY_HOSTNAME=["']?([^"'\n]*)/m.exec(machine.text)?.[1] ?? '');
    return { current, fqdn, file, style, systemd: strategy === 'systemd', pretty };
  },
  plan: planHostname,
  report({ name }, before, outcomes) {
    const failure = failedChange(planHostname({ name }, before).changes, outcomes);
    return failure
      ? {
          failed: `Command failed rc=${failure.outcome.rc}, out=${textOf(failure.outcome.stdout)}, err=${textOf(failure.outcome.stderr)}`,
        }
      : {};
  },
  examples: '- hostname: {name: web01}',
});

function pathOf(strategy: string): string {
  if (strategy === 'openrc') return '/etc/conf.d/hostname';
  if (strategy === 'redhat') return '/etc/sysconfig/network';
  return strategy === 'sles' ? '/etc/HOSTNAME' : '/etc/hostname';
}

function planHostname({ name }: { readonly name: string }, before: HostnameState): Plan {
  const { current, fqdn, file, style, systemd, pretty: prettyName } = before;
  const permanent = savedName(file.text, style);
  const changes: Change[] = [];
  if (permanent !== name) {
    const undo = file.state ? sh`hostnamectl --static set-hostname ${permanent}` : sh`rm -f -- ${file.path}`;
    changes.push(
      systemd
        ? runChange(`set the static host name to ${name}`, sh`hostnamectl --static set-hostname ${name}`, { undo })
        : writeText(file, savedText(file.text, style, name)),
    );
  }
  if (current !== name) {
    const set = (to: string) => (systemd ? sh`hostnamectl --transient set-hostname ${to}` : sh`hostname ${to}`);
    const pretty = systemd
      ? [
          runChange(`set the pretty host name to ${name}`, sh`hostnamectl --pretty set-hostname ${name}`, {
            undo:
              prettyName === undefined
                ? sh`rm -f -- ${MACHINE_INFO}`
                : sh`hostnamectl --pretty set-hostname ${prettyName}`,
          }),
        ]
      : [];
    changes.push(runChange(`set the host name to ${name}`, set(name), { undo: set(current) }), ...pretty);
  }
  const diff = { before: `hostname = ${permanent}\n`, after: `hostname = ${name}\n` };
  const [first, ...rest] = changes;
  const domain = fqdn.includes('.') ? fqdn.slice(fqdn.indexOf('.') + 1) : '';
  const facts = new Map([
    ['ansible_hostname', name.split('.')[0]!],
    ['ansible_nodename', name],
    ['ansible_fqdn', fqdn],
    ['ansible_domain', domain],
  ]);
  return {
    changes: first ? [{ ...first, diff }, ...rest] : [],
    result: { name, ansible_facts: facts },
    effects: [
      { kind: 'host-facts', facts: new Map([...facts].map(([key, value]) => [key.slice('ansible_'.length), value])) },
    ],
  };
}

function savedName(text: string, style: HostnameState['style']): string {
  if (style === 'file') return text.trim();
  return /^\s*(?:hostname|HOSTNAME)=["']?([^"'\n]*)["']?/m.exec(text)?.[1]?.trim() ?? '';
}

function savedText(text: string, style: HostnameState['style'], name: string): string {
  if (style === 'file') return `${name}\n`;
  const line = style === 'openrc' ? `hostname="${name}"` : `HOSTNAME=${name}`;
  const pattern = style === 'openrc' ? /^\s*hostname=.*$/m : /^\s*HOSTNAME=.*$/m;
  return pattern.test(text) ? text.replace(pattern, () => line) : `${text}${line}\n`;
}
