import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './commands.ts';
import { labError } from './errors.ts';
import { withLock } from './lock.ts';
import { type Mirror, mirrorFor } from './mirror.ts';
import { labHome } from './state.ts';
import { removeTree } from './trees.ts';

export const RELEASES: readonly string[] = ['bookworm', 'trixie'];

/** What a small Debian server has. Python comes with ufw; nothing here adds more of it. */
const PACKAGES = [
  ...['systemd', 'systemd-sysv', 'dbus', 'openssh-server', 'sudo', 'ufw', 'iptables', 'iproute2', 'procps', 'kmod'],
  ...['netbase', 'iputils-ping', 'cron', 'ca-certificates'],
];

/** Units that wait for what a host of the lab has not, or that take dpkg's lock at a time of their own. */
const UNWANTED = ['apt-daily.timer', 'apt-daily-upgrade.timer', 'e2scrub_reap.service', 'console-getty.service'];

const SETUP = [
  'useradd --create-home --shell /bin/bash admin',
  'usermod --password "*" root',
  'usermod --password "*" admin',
  "echo 'admin ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin",
  'chmod 0440 /etc/sudoers.d/admin',
  'rm -rf /etc/ssh/ssh_host_* /var/cache/apt/archives/*.deb /var/log/bootstrap.log',
  // Nothing of a lab is to outlive a power cut of this machine; installing is faster so.
  'echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/lab',
  // A host knows its archives, so that check mode can say what it would install.
  'apt-get -qq update',
  // Each host gets a name, keys and an identity of its own; names are resolved by /etc/hosts alone.
  'rm -f /etc/resolv.conf /etc/hostname /var/lib/dbus/machine-id',
  "echo '# no name server in the lab' >/etc/resolv.conf",
  ': >/etc/machine-id',
  `systemctl --quiet mask ${UNWANTED.join(' ')}`,
];

/** The image of a release, built at its first use. Gives the folder with its root file system. */
export async function ensureImage(release: string, report: (line: string) => void): Promise<string> {
  if (!RELEASES.includes(release)) throw labError(`no image for "${release}"`, `there is ${RELEASES.join(', ')}`);
  const images = join(labHome(), 'images');
  mkdirSync(images, { recursive: true, mode: 0o755 });
  const mirror = mirrorFor(release);
  const key = `${release}-${digest([PACKAGES, SETUP, mirror.lines])}`;
  const folder = join(images, key);
  if (existsSync(folder)) return folder;
  return withLock(join(images, `.${key}.lock`), async () => {
    if (!existsSync(folder)) {
      report(`building the image of ${release} from ${mirror.base} (once; some minutes)`);
      await buildImage(release, mirror, images, key);
    }
    return folder;
  });
}

async function buildImage(release: string, mirror: Mirror, images: string, key: string): Promise<void> {
  const prefix = `.${key}.build-`;
  for (const left of readdirSync(images).filter((name) => name.startsWith(prefix))) {
    await removeTree(join(images, left));
  }
  const temporary = mkdtempSync(join(images, prefix));
  const root = join(temporary, 'root');
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    await execute('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, release, root, mirror.base], {
      env,
    });
    writeFileSync(join(root, 'etc/apt/sources.list'), `${mirror.lines.join('\n')}\n`);
    await execute('chroot', [root, '/bin/sh', '-euc', SETUP.join('\n')], { env });
    renameSync(root, join(images, key));
  } finally {
    await removeTree(temporary);
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
