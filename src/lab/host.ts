import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCgroups, removeCgroups, systemdRunsHere } from './cgroups.ts';
import { takeBaseline } from './changes.ts';
import { readIfThere } from './files.ts';
import { hostKeyFile, loginKeyFile } from './keys.ts';
import { connectHost, disconnectHost, hostProcesses, networkNamespace } from './network.ts';
import { mountOverlay, overlayFolders } from './overlay.ts';
import { killAll, runningProcess, startDetached } from './processes.ts';
import { proxyUrl } from './proxy.ts';
import { waitUntilReady } from './ready.ts';
import { hostFolder, type Lab, type LabHost } from './state.ts';
import { removeTree, unmountBelow } from './trees.ts';

export function isRunning(lab: Lab, host: LabHost): boolean {
  return runningProcess(identityFile(lab, host)) !== undefined;
}

/** Makes a host, or boots one again that a crash of this machine ended; returns when it can be logged in to. */
export async function startHost(lab: Lab, host: LabHost): Promise<void> {
  if (isRunning(lab, host)) return;
  const folder = hostFolder(lab, host);
  await clearRemains(lab, host);
  const isNew = !existsSync(baselineFile(lab, host));
  if (isNew) await removeTree(overlayFolders(folder).upper);
  await mountOverlay(host.image, folder);
  if (isNew) personalise(lab, host);
  await connectHost(lab, host);
  boot(lab, host);
  await waitUntilReady(lab, host, { isRunning: () => isRunning(lab, host), console: () => lastWords(lab, host) });
  if (isNew) takeBaseline(host.image, folder, baselineFile(lab, host));
}

/** Ends a host and whatever is left of it outside its folder. */
export async function stopHost(lab: Lab, host: LabHost): Promise<void> {
  await clearRemains(lab, host);
  await disconnectHost(lab, host);
}

/** Forgets what a host wrote; its key stays. */
export async function wipeHost(lab: Lab, host: LabHost): Promise<void> {
  await stopHost(lab, host);
  const { upper, work } = overlayFolders(hostFolder(lab, host));
  for (const path of [baselineFile(lab, host), upper, work]) await removeTree(path);
}

/** What `lab diff` compares with: the changes that booting alone makes. */
export function baselineFile(lab: Lab, host: LabHost): string {
  return join(hostFolder(lab, host), 'baseline.json');
}

/** Kills what still runs in the host's network namespace, its container included, and unmounts its file system. */
async function clearRemains(lab: Lab, host: LabHost): Promise<void> {
  const supervisor = runningProcess(identityFile(lab, host));
  const inside = await hostProcesses(lab, host);
  await killAll(supervisor === undefined ? inside : [...inside, supervisor]);
  if (!systemdRunsHere()) await removeCgroups(networkNamespace(lab, host));
  await unmountBelow(overlayFolders(hostFolder(lab, host)).merged);
}

/** Gives a fresh file system the host's name, identity and keys, and the way to the archives. */
function personalise(lab: Lab, host: LabHost): void {
  const { merged } = overlayFolders(hostFolder(lab, host));
  const key = hostKeyFile(lab, host);
  const login = readFileSync(`${loginKeyFile(lab)}.pub`, 'utf8');
  const files: [path: string, content: string | Buffer, mode: number][] = [
    ['etc/hostname', `${host.name}\n`, 0o644],
    ['etc/hosts', `127.0.0.1 localhost\n127.0.1.1 ${host.name}\n::1 localhost ip6-localhost ip6-loopback\n`, 0o644],
    ['etc/machine-id', `${randomBytes(16).toString('hex')}\n`, 0o444],
    ['etc/ssh/ssh_host_ed25519_key', readFileSync(key), 0o600],
    ['etc/ssh/ssh_host_ed25519_key.pub', readFileSync(`${key}.pub`), 0o644],
    ['etc/apt/apt.conf.d/90lab', `Acquire::http::Proxy "${proxyUrl(lab)}";\n`, 0o644],
  ];
  for (const [path, content, mode] of files) writeMode(join(merged, path), content, mode);
  for (const home of ['root', 'home/admin']) authorize(join(merged, home), login);
}

function authorize(home: string, key: string): void {
  const { uid, gid } = statSync(home);
  const folder = join(home, '.ssh');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  writeMode(join(folder, 'authorized_keys'), key, 0o600);
  for (const path of [folder, join(folder, 'authorized_keys')]) chownSync(path, uid, gid);
}

function writeMode(path: string, content: string | Buffer, mode: number): void {
  writeFileSync(path, content, { mode });
  chmodSync(path, mode); // whatever the umask says, and for files that were there
}

/** Becomes systemd-nspawn in the cgroups named before `--`. The host may set its own network's sysctls, as a real one may. */
const ENTER = `
while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs" || exit; shift; done; shift
export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
exec systemd-nspawn "$@"`;

function boot(lab: Lab, host: LabHost): void {
  const groups = systemdRunsHere() ? [] : makeCgroups(networkNamespace(lab, host));
  const args = ['-c', ENTER, 'sh', ...groups, '--', ...bootArguments(lab, host)];
  startDetached('/bin/sh', args, consoleFile(lab, host), identityFile(lab, host));
}

function bootArguments(lab: Lab, host: LabHost): string[] {
  const { merged } = overlayFolders(hostFolder(lab, host));
  return [
    ...['--quiet', '--boot', '--settings=no', `--directory=${merged}`],
    ...[`--machine=${networkNamespace(lab, host)}`, `--hostname=${host.name}`, '--register=no'],
    // Without systemd on this machine there is nobody to give a host a unit of its own.
    ...(systemdRunsHere() ? [] : ['--keep-unit']),
    ...[`--network-namespace-path=/run/netns/${networkNamespace(lab, host)}`, '--capability=CAP_NET_ADMIN'],
    ...['--resolv-conf=off', '--timezone=off', '--link-journal=no'],
  ];
}

function identityFile(lab: Lab, host: LabHost): string {
  return join(hostFolder(lab, host), 'process');
}

function consoleFile(lab: Lab, host: LabHost): string {
  return join(hostFolder(lab, host), 'console.log');
}

function lastWords(lab: Lab, host: LabHost): string {
  return (readIfThere(consoleFile(lab, host)) ?? '').trim().split('\n').slice(-5).join('\n');
}
