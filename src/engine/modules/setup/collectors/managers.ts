import type { Collector } from '../collector.ts';
import { basename } from '../gathered.ts';

/** Package managers by their program; the preferred one of a host that has several stands last. */
const packageManagers: readonly (readonly [path: string, name: string])[] = [
  ['/usr/bin/rpm-ostree', 'atomic_container'],
  ['/usr/bin/yum', 'dnf'],
  ['/usr/bin/dnf-3', 'dnf'],
  ['/usr/bin/dnf5', 'dnf5'],
  ['/usr/bin/apt-get', 'apt'],
  ['/usr/bin/zypper', 'zypper'],
  ['/usr/sbin/urpmi', 'urpmi'],
  ['/usr/bin/pacman', 'pacman'],
  ['/bin/opkg', 'opkg'],
  ['/usr/pkg/bin/pkgin', 'pkgin'],
  ['/sbin/apk', 'apk'],
  ['/usr/sbin/pkg', 'pkgng'],
  ['/usr/bin/emerge', 'portage'],
  ['/usr/bin/pkg', 'pkg5'],
  ['/usr/bin/xbps-install', 'xbps'],
  ['/usr/bin/swupd', 'swupd'],
  ['/usr/sbin/sorcery', 'sorcery'],
];

export const packageManager: Collector = {
  name: 'pkg_mgr',
  requires: ['distribution'],
  paths: [...packageManagers.map(([path]) => path), '/run/ostree-booted', '/usr/bin/dnf', '/usr/bin/microdnf'],
  script: `section dnf; for p in /usr/bin/dnf /usr/bin/microdnf; do [ ! -e $p ] || { readlink -f $p; break; }; done
section apt-rpm; [ ! -e /usr/bin/rpm ] || ! /usr/bin/rpm -q --whatprovides /usr/bin/apt-get >/dev/null 2>&1 || echo yes`,
  parse(host, facts) {
    const family = facts['os_family'];
    const usable = packageManagers.filter(
      ([path]) => host.exists(path) && !(family === 'Altlinux' && path === '/usr/bin/pkg'),
    );
    let name = usable.at(-1)?.[1] ?? 'unknown';
    if (family === 'RedHat') {
      const dnf = host.section('dnf')?.trim();
      if (host.exists('/run/ostree-booted')) return { pkg_mgr: 'atomic_container' };
      return { pkg_mgr: dnf ? (dnf === '/usr/bin/dnf5' ? 'dnf5' : 'dnf') : 'unknown' };
    }
    if (family === 'Debian') name = 'apt'; // others may be installed beside it
    if (name === 'apt' && (family === 'Altlinux' || host.section('apt-rpm')?.trim())) name = 'apt_rpm';
    return { pkg_mgr: name };
  },
};

const firstProcesses: Readonly<Record<string, string>> = {
  procd: 'openwrt_init',
  'runit-init': 'runit',
  svscan: 'svc',
  'openrc-init': 'openrc',
};

const bootedBySystemd = ['/run/systemd/system', '/dev/.run/systemd', '/dev/.systemd'];

export const serviceManager: Collector = {
  name: 'service_mgr',
  requires: ['platform', 'distribution'],
  files: ['/proc/1/comm'],
  paths: [...bootedBySystemd, '/etc/init', '/sbin/openrc', '/etc/init.d', '/etc/dinit.d'],
  commands: ['systemctl', 'initctl'],
  script: 'section init; readlink /sbin/init',
  parse(host, facts) {
    const init = host.section('init')?.trim();
    const first = basename(host.file('/proc/1/comm') ?? init ?? '');
    // many systems call theirs init, and in a container it may be a shell: neither says anything
    if (first && first !== 'init' && !first.endsWith('sh')) {
      return { service_mgr: Object.hasOwn(firstProcesses, first) ? firstProcesses[first]! : first };
    }
    if (facts['distribution'] === 'OpenWrt') return { service_mgr: 'openwrt_init' };
    if (facts['distribution'] === 'SMGL') return { service_mgr: 'simpleinit_msb' };
    const systemctl = host.hasCommand('systemctl');
    if (systemctl && bootedBySystemd.some((path) => host.exists(path))) return { service_mgr: 'systemd' };
    if (host.hasCommand('initctl') && host.exists('/etc/init')) return { service_mgr: 'upstart' };
    if (host.exists('/sbin/openrc')) return { service_mgr: 'openrc' };
    if (systemctl && init && basename(init) === 'systemd') return { service_mgr: 'systemd' };
    if (host.exists('/etc/init.d')) return { service_mgr: 'sysvinit' };
    return { service_mgr: host.exists('/etc/dinit.d') ? 'dinit' : 'service' };
  },
};
