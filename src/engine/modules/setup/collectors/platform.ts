import type { Collector, Facts } from '../collector.ts';
import { capture, type Gathered, words } from '../gathered.ts';

/** Kernel, machine and names of the host. */
export const platform: Collector = {
  name: 'platform',
  factIds: ['system', 'kernel', 'kernel_version', 'machine', 'architecture', 'machine_id'],
  files: ['/var/lib/dbus/machine-id', '/etc/machine-id'],
  // the full name is what the address of the host's own name is called, as getfqdn(3)-like functions find it
  script: `section uname; names=$(uname -snrvm); printf '%s\\n' "$names"
section bits; getconf LONG_BIT 2>/dev/null
section fqdn; node=\${names#* }; node=\${node%% *}
if command -v getent >/dev/null; then address=$(getent ahosts "$node" 2>/dev/null); address=\${address%%[ 	]*}
  [ -z "$address" ] || getent hosts "$address"
else hostname -f 2>/dev/null; fi`,
  parse(host) {
    const [, system = '', nodename = '', kernel = '', version = '', machine = ''] =
      /^(\S+) (\S+) (\S+) (.*) (\S+)\n?$/.exec(host.section('uname') ?? '') ?? [];
    const fqdn = fullName(host, nodename);
    const facts: Facts = {
      system,
      kernel,
      kernel_version: version,
      machine,
      fqdn,
      hostname: nodename.split('.')[0]!,
      nodename,
      domain: fqdn.split('.').slice(1).join('.'),
    };
    const id = (host.file('/var/lib/dbus/machine-id') ?? host.file('/etc/machine-id'))?.split('\n')[0];
    return { ...facts, ...architecture(host, machine), ...(id ? { machine_id: id } : {}) };
  },
};

/** The first name with a dot, of the host's own and those its address has; else the canonical one. */
function fullName(host: Gathered, nodename: string): string {
  const found = words(host.section('fqdn')?.split('\n')[0]);
  const names = found.length > 1 ? found.slice(1) : found;
  const [canonical, ...aliases] = names;
  if (!canonical) return nodename;
  return [canonical, ...aliases].find((name) => name.includes('.')) ?? canonical;
}

function architecture(host: Gathered, machine: string): Facts {
  const bits = capture(/(\d+)/, host.section('bits')) ?? (machine.includes('64') || machine === 's390x' ? '64' : '32');
  const facts: Facts = { userspace_bits: bits, architecture: machine };
  if (machine === 'x86_64') facts['userspace_architecture'] = bits === '64' ? 'x86_64' : 'i386';
  if (/^i[3-6]86$|^i86pc$/.test(machine)) {
    facts['architecture'] = 'i386';
    facts['userspace_architecture'] = bits === '64' ? 'x86_64' : 'i386';
  }
  return facts;
}
