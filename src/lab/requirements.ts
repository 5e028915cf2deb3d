import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { execute } from './commands.ts';
import { labError } from './errors.ts';

/** Debian package, and the program that shows it is there. `tinyproxy-bin` is the program without the service. */
const REQUIRED: readonly (readonly [packageName: string, program: string])[] = [
  ['debootstrap', 'debootstrap'],
  ['systemd-container', 'systemd-nspawn'],
  ['openssh-client', 'ssh-keygen'],
  ['iproute2', 'ip'],
  ['mount', 'mount'],
  ['util-linux', 'flock'],
  ['tinyproxy-bin', 'tinyproxy'],
];

/** A host takes about six inotify instances, so the kernel's default of 128 ends at twenty hosts. */
const INOTIFY_INSTANCES = 1024;
const INOTIFY_LIMIT = '/proc/sys/fs/inotify/max_user_instances';

const INSTEAD =
  'use an inventory of your own hosts instead (tsplay run -i hosts.yml), or run this as root on a Debian machine';

/** Why the lab cannot run on this machine; undefined if it can (or can after `installLacking`). */
export function unsupported(): string | undefined {
  if (process.platform !== 'linux') return `the lab needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0)
    return 'the lab needs root, because it mounts file systems and makes network namespaces';
  if (lacking().length > 0 && !findProgram('apt-get')) {
    return `the lab needs ${programs(lacking())}, and there is no apt-get here to install them with`;
  }
  return undefined;
}

/** Installs with apt what the lab needs and this machine lacks. */
export async function prepareMachine(report: (line: string) => void): Promise<void> {
  const reason = unsupported();
  if (reason) throw labError(reason, INSTEAD);
  await installLacking(report);
  raiseInotifyLimit();
}

async function installLacking(report: (line: string) => void): Promise<void> {
  const packages = lacking().map(([name]) => name);
  if (packages.length === 0) return;
  report(`installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => execute('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  await apt('update');
  await apt('install', '-y', '--no-install-recommends', ...packages);
  if (lacking().length > 0) throw labError(`${programs(lacking())} is still missing after apt-get install`);
}

function lacking() {
  return REQUIRED.filter(([, program]) => !findProgram(program));
}

function programs(required: typeof REQUIRED): string {
  return required.map(([, program]) => program).join(', ');
}

function findProgram(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(':').concat('/usr/sbin', '/sbin', '/usr/bin', '/bin');
  return folders.some((folder) => folder !== '' && isExecutable(`${folder}/${name}`));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function raiseInotifyLimit(): void {
  if (Number(readFileSync(INOTIFY_LIMIT, 'utf8')) >= INOTIFY_INSTANCES) return;
  try {
    writeFileSync(INOTIFY_LIMIT, `${INOTIFY_INSTANCES}\n`);
  } catch (cause) {
    throw labError(
      `cannot raise ${INOTIFY_LIMIT} to ${INOTIFY_INSTANCES}`,
      'a container without privileges cannot hold a lab; run it on the machine itself',
      cause,
    );
  }
}
