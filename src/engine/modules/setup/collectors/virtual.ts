import type { Collector } from '../collector.ts';
import { type Gathered, lines, words } from '../gathered.ts';
import { dmiFolder } from '../hardware/dmi.ts';

interface Sign {
  /** `virtualization_type`, and the technique listed. */
  readonly tech: string;
  readonly role: 'guest' | 'host' | 'LPAR';
  /** Listed, but never the type. */
  readonly listedOnly?: boolean;
  /** Where it is listed, if not under its role. */
  readonly listedAs?: 'host';
}

/** Which machines and containers the host is, or runs. The first sign found gives type and role, all are listed. */
export const virtual: Collector = {
  name: 'virtual',
  factIds: ['virtualization_type', 'virtualization_role', 'virtualization_tech_guest', 'virtualization_tech_host'],
  files: [
    '/proc/1/cgroup',
    '/proc/1/environ',
    '/run/systemd/container',
    '/proc/xen/capabilities',
    '/proc/self/status',
    '/proc/cpuinfo',
    '/proc/modules',
    ...['product_name', 'sys_vendor', 'product_family', 'bios_vendor'].map((name) => `${dmiFolder}${name}`),
  ],
  paths: ['/proc/vz', '/proc/lve', '/proc/bc', '/.dockerenv', '/.dockerinit', '/proc/xen', '/dev/kvm'],
  parse(host) {
    const signs = [...containerSigns(host), ...machineSigns(host), ...processorSigns(host), ...hostSigns(host)];
    const first = signs.find((sign) => !sign.listedOnly);
    const techs = (wanted: 'guest' | 'host') => [
      ...new Set(
        signs
          .filter(({ role, listedAs = role }) => (listedAs === 'host') === (wanted === 'host'))
          .map(({ tech }) => tech),
      ),
    ];
    return {
      virtualization_type: first?.tech ?? 'NA',
      virtualization_role: first?.role ?? 'NA',
      virtualization_tech_guest: techs('guest'),
      virtualization_tech_host: techs('host'),
    };
  },
};

function guest(tech: string): Sign {
  return { tech, role: 'guest' };
}

const cgroups: readonly (readonly [RegExp, string])[] = [
  [/\/docker(\/|-[0-9a-f]+\.scope)/, 'docker'],
  [/\/lxc\/|\/machine.slice\/machine-lxc/, 'lxc'],
  [/\/system.slice\/containerd.service/, 'containerd'],
];

const environments: readonly (readonly [RegExp, string])[] = [
  [/container=lxc/, 'lxc'],
  [/container=podman/, 'podman'],
  [/^container=./, 'container'],
];

function containerSigns(host: Gathered): Sign[] {
  const signs: Sign[] = [];
  for (const line of lines(host.file('/proc/1/cgroup'))) {
    signs.push(...cgroups.filter(([pattern]) => pattern.test(line)).map(([, tech]) => guest(tech)));
  }
  for (const entry of (host.file('/proc/1/environ') ?? '').split('\0')) {
    signs.push(...environments.filter(([pattern]) => pattern.test(entry)).map(([, tech]) => guest(tech)));
  }
  if (host.exists('/proc/vz') && !host.exists('/proc/lve')) {
    signs.push({ tech: 'openvz', role: host.exists('/proc/bc') ? 'host' : 'guest' });
  }
  const systemd = host.file('/run/systemd/container');
  if (systemd !== undefined) signs.push(guest(systemd));
  if (host.exists('/.dockerenv') || host.exists('/.dockerinit')) signs.push(guest('docker'));
  if (signs.some(({ role }) => role === 'guest')) signs.push({ ...guest('container'), listedOnly: true });
  if (host.exists('/proc/xen')) {
    const controls = host.file('/proc/xen/capabilities')?.includes('control_d') ?? false;
    signs.push({ tech: 'xen', role: controls ? 'host' : 'guest' });
  }
  return signs;
}

interface Machine {
  readonly product: string;
  readonly vendor: string;
  readonly family: string;
  readonly bios: string;
}

const machines: readonly (readonly [tech: string, holds: (machine: Machine) => boolean])[] = [
  ['kvm', ({ product }) => ['KVM', 'KVM Server', 'Bochs', 'AHV'].includes(product)],
  ['oVirt', ({ vendor }) => vendor === 'oVirt'],
  ['RHV', ({ vendor, family }) => vendor === 'Red Hat' && family === 'RHV'],
  ['RHEV', ({ vendor, product, family }) => vendor === 'Red Hat' && family !== 'RHV' && product === 'RHEV Hypervisor'],
  ['VMware', ({ product }) => product.startsWith('VMware')],
  ['openstack', ({ product }) => ['OpenStack Compute', 'OpenStack Nova'].includes(product)],
  ['xen', ({ bios }) => bios === 'Xen'],
  ['virtualbox', ({ bios }) => bios === 'innotek GmbH'],
  ['kvm', ({ bios }) => ['Amazon EC2', 'DigitalOcean', 'Hetzner'].includes(bios)],
  ['kvm', ({ vendor }) => ['QEMU', 'Amazon EC2', 'DigitalOcean', 'Google', 'Scaleway', 'Nutanix'].includes(vendor)],
  ['KubeVirt', ({ vendor }) => vendor === 'KubeVirt'],
  ['VirtualPC', ({ vendor }) => vendor === 'Microsoft Corporation'],
  ['parallels', ({ vendor }) => vendor === 'Parallels Software International Inc.'],
  ['openstack', ({ vendor }) => vendor === 'OpenStack Foundation'],
  ['bhyve', ({ product }) => product.includes('BHYVE')],
];

function machineSigns(host: Gathered): Sign[] {
  const read = (name: string) => host.file(`${dmiFolder}${name}`) ?? '';
  const machine: Machine = {
    product: read('product_name'),
    vendor: read('sys_vendor'),
    family: read('product_family'),
    bios: read('bios_vendor'),
  };
  return machines.filter(([, holds]) => holds(machine)).map(([tech]) => guest(tech));
}

const processors: readonly (readonly [RegExp, Sign])[] = [
  [/^model name.*QEMU Virtual CPU/, guest('kvm')],
  [/^vendor_id.*User Mode Linux/, guest('uml')],
  [/^model name.*UML/, guest('uml')],
  [/^machine.*CHRP IBM pSeries .emulated by qemu./, guest('kvm')],
  [/^vendor_id.*PowerVM Lx86/, guest('powervm_lx86')],
  [/^vendor_id.*IBM\/S390/, { tech: 'PR/SM', role: 'LPAR' }],
];

function processorSigns(host: Gathered): Sign[] {
  const signs: Sign[] = [];
  const vserver = lines(host.file('/proc/self/status')).find((line) => /^VxID:\s+\d+/.test(line));
  if (vserver) signs.push({ tech: 'linux_vserver', role: /^VxID:\s+0/.test(vserver) ? 'host' : 'guest' });
  for (const line of lines(host.file('/proc/cpuinfo'))) {
    const found = processors.find(([pattern]) => pattern.test(line));
    if (found) signs.push(found[1]);
  }
  return signs;
}

/** What a host can run. A loaded virtio driver tells of a guest, and is listed as the host's technique nevertheless. */
function hostSigns(host: Gathered): Sign[] {
  const modules = new Set(lines(host.file('/proc/modules')).map((line) => words(line)[0]));
  const signs: Sign[] = [];
  if (modules.has('kvm')) signs.push({ tech: 'kvm', role: 'host' });
  if (modules.has('vboxdrv')) signs.push({ tech: 'virtualbox', role: 'host' });
  if (modules.has('virtio')) signs.push({ tech: 'kvm', role: 'guest', listedAs: 'host' });
  if (host.exists('/dev/kvm')) signs.push({ tech: 'kvm', role: 'host' });
  return signs;
}
