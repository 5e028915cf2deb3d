import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

const NO_NAMES = "echo '# no name server in the lab' >/etc/resolv.conf";

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
  NO_NAMES,
  ': >/etc/machine-id',
  `systemctl --quiet mask ${UNWANTED.join(' ')}`,
];

/** After the setup of an image upon another: a host knows its packages from the beginning, and check mode leaves no cache of them behind. */
const AFTERWARDS = ['rm -f /var/cache/apt/archives/*.deb', 'apt-cache -q gencaches', NO_NAMES];

export interface ImageOptions {
  readonly release: string;
  /** Lines for root's shell in a copy of the release's image: what hosts have beyond it. Services do not start there. */
  readonly setup?: readonly string[];
}

/** An image, built at its first use. Gives the folder with its root file system. */
export async function ensureImage({ release, setup = [] }: ImageOptions, report: Report): Promise<string> {
  if (!RELEASES.includes(release)) throw labError(`no image for "${release}"`, `there is ${RELEASES.join(', ')}`);
  const mirror = mirrorFor(release);
  const key = `${release}-${digest([PACKAGES, SETUP, mirror.lines])}`;
  const plain = await ensureFolder(key, (root) => {
    report(`building the image of ${release} from ${mirror.base} (once; some minutes)`);
    return buildPlain(root, release, mirror);
  });
  if (setup.length === 0) return plain;
  const lines = [...setup, ...AFTERWARDS];
  return ensureFolder(`${key}-${digest(lines)}`, (root) => {
    report(`building an image upon that of ${release} (once)`);
    return buildUpon(plain, root, lines);
  });
}

type Report = (line: string) => void;

/** A folder among the images that is there whole or not at all. */
async function ensureFolder(key: string, build: (root: string) => Promise<void>): Promise<string> {
  const images = join(labHome(), 'images');
  mkdirSync(images, { recursive: true, mode: 0o755 });
  const folder = join(images, key);
  if (existsSync(folder)) return folder;
  return withLock(join(images, `.${key}.lock`), async () => {
    if (existsSync(folder)) return folder;
    const prefix = `.${key}.build-`;
    for (const left of readdirSync(images).filter((name) => name.startsWith(prefix))) {
      await removeTree(join(images, left));
    }
    const temporary = mkdtempSync(join(images, prefix));
    try {
      const root = join(temporary, 'root');
      await build(root);
      renameSync(root, folder);
    } finally {
      await removeTree(temporary);
    }
    return folder;
  });
}

async function buildPlain(root: string, release: string, mirror: Mirror): Promise<void> {
  const args = ['--variant=minbase', `--include=${PACKAGES.join(',')}`, release, root, mirror.base];
  await execute('debootstrap', args, { env: environment() });
  writeFileSync(join(root, 'etc/apt/sources.list'), `${mirror.lines.join('\n')}\n`);
  await inside(root, SETUP);
}

async function buildUpon(plain: string, root: string, lines: readonly string[]): Promise<void> {
  await execute('cp', ['-a', '--reflink=auto', plain, root]);
  const policy = join(root, 'usr/sbin/policy-rc.d');
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  copyFileSync('/etc/resolv.conf', join(root, 'etc/resolv.conf')); // to reach the archives
  await inside(root, lines);
  rmSync(policy);
}

async function inside(root: string, lines: readonly string[]): Promise<void> {
  const script = join(root, 'setup');
  writeFileSync(script, lines.join('\n'));
  await execute('chroot', [root, '/bin/sh', '-eu', '/setup'], { env: environment() });
  rmSync(script);
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
