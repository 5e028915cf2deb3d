import type { Collector } from './collector.ts';
import { cmdline } from './collectors/cmdline.ts';
import { dateTime } from './collectors/date-time.ts';
import { distribution } from './collectors/distribution.ts';
import { dns } from './collectors/dns.ts';
import { hardware } from './collectors/hardware.ts';
import { fibreChannel, iscsi, nvme } from './collectors/initiators.ts';
import { local } from './collectors/local.ts';
import { lsb } from './collectors/lsb.ts';
import { packageManager, serviceManager } from './collectors/managers.ts';
import { network } from './collectors/network.ts';
import { platform } from './collectors/platform.ts';
import { env, loadAverage, sshPublicKeys, user } from './collectors/process.ts';
import { python } from './collectors/python.ts';
import { apparmor, caps, chroot, fips, selinux } from './collectors/security.ts';
import { systemd } from './collectors/systemd.ts';
import { virtual } from './collectors/virtual.ts';

/** A name that `gather_subset` may hold although nothing is gathered for it: programs of a target that has Ruby. */
function nothing(name: string): Collector {
  return { name, parse: () => ({}) };
}

/** All groups; one that needs another's facts stands after it. */
export const collectors: readonly Collector[] = [
  platform,
  distribution,
  lsb,
  selinux,
  apparmor,
  chroot,
  fips,
  python,
  caps,
  packageManager,
  serviceManager,
  cmdline,
  dateTime,
  env,
  loadAverage,
  sshPublicKeys,
  user,
  systemd,
  virtual,
  hardware,
  dns,
  fibreChannel,
  network,
  iscsi,
  nvme,
  local,
  nothing('facter'),
  nothing('ohai'),
];

/** What is gathered even with `!all`. */
export const minimal: ReadonlySet<string> = new Set([
  'apparmor',
  'caps',
  'cmdline',
  'date_time',
  'distribution',
  'dns',
  'env',
  'fips',
  'local',
  'lsb',
  'pkg_mgr',
  'platform',
  'python',
  'selinux',
  'service_mgr',
  'ssh_pub_keys',
  'user',
]);
