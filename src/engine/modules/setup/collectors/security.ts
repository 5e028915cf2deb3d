import { dict, type Value } from '../../../model/value.ts';
import type { Collector } from '../collector.ts';
import { capture } from '../gathered.ts';

/** Told by the kernel and /etc/selinux/config; no library of the target is needed, so none is ever missing. */
export const selinux: Collector = {
  name: 'selinux',
  files: ['/sys/fs/selinux/enforce', '/sys/fs/selinux/policyvers', '/etc/selinux/config'],
  parse(host) {
    const enforce = host.file('/sys/fs/selinux/enforce');
    if (enforce === undefined) return { selinux: dict({ status: 'disabled' }), selinux_python_present: true };
    const config = host.file('/etc/selinux/config');
    const version = Number(host.file('/sys/fs/selinux/policyvers'));
    const selinux: Record<string, Value> = {
      status: 'enabled',
      policyvers: Number.isInteger(version) ? version : 'unknown',
      config_mode: capture(/^\s*SELINUX=(\w+)/m, config)?.toLowerCase() ?? 'unknown',
      mode: enforce === '1' ? 'enforcing' : 'permissive',
      type: capture(/^\s*SELINUXTYPE=(\w+)/m, config) ?? 'unknown',
    };
    return { selinux: dict(selinux), selinux_python_present: true };
  },
};

export const apparmor: Collector = {
  name: 'apparmor',
  paths: ['/sys/kernel/security/apparmor'],
  parse: (host) => ({
    apparmor: dict({ status: host.exists('/sys/kernel/security/apparmor') ? 'enabled' : 'disabled' }),
  }),
};

export const fips: Collector = {
  name: 'fips',
  files: ['/proc/sys/crypto/fips_enabled'],
  parse: (host) => ({ fips: host.file('/proc/sys/crypto/fips_enabled') === '1' }),
};

/** Root is a chroot if it is not the first process' root; where that cannot be seen, if its inode is none of a file system's root. */
export const chroot: Collector = {
  name: 'chroot',
  factIds: ['is_chroot'],
  script: `section chroot; printf '%s\\n' "\${debian_chroot:-}"; stat -c '%d:%i' / /proc/1/root/. 2>/dev/null`,
  parse(host) {
    const [name, root, first] = (host.section('chroot') ?? '').split('\n');
    if (name) return { is_chroot: true };
    if (root && first) return { is_chroot: root !== first };
    const rootInodes = new Set(['2', '128', '256']); // ext4, xfs, btrfs
    return { is_chroot: root ? !rootInodes.has(root.split(':')[1]!) : false };
  },
};

export const caps: Collector = {
  name: 'caps',
  factIds: ['system_capabilities', 'system_capabilities_enforced'],
  script: 'section caps; command -v capsh >/dev/null && capsh --print',
  parse(host) {
    const output = host.section('caps');
    if (!output) return { system_capabilities_enforced: 'N/A', system_capabilities: 'N/A' };
    const current = capture(/^Current:(.*)/m, output);
    if (current === undefined) return { system_capabilities_enforced: 'NA', system_capabilities: [] };
    if (current.trim() === '=ep') return { system_capabilities_enforced: 'False', system_capabilities: [] };
    const listed = (current.split('=')[1] ?? '').split(',').map((one) => one.trim());
    return { system_capabilities_enforced: 'True', system_capabilities: listed };
  },
};
