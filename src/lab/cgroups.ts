import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './errors.ts';

/** Whether systemd runs this machine; it then gives each host a unit, and so cgroups, of its own. */
export function systemdRunsHere(): boolean {
  return existsSync('/run/systemd/system');
}

/** Makes a host's cgroups and gives their folders. Without them the systemds of all hosts would share one tree and kill each other's services. */
export function makeCgroups(name: string): string[] {
  const folders = cgroupFolders(name);
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  return folders;
}

/** Removes a host's cgroups. Its processes must have been killed; the kernel may need a moment to forget them. */
export async function removeCgroups(name: string): Promise<void> {
  for (const folder of cgroupFolders(name)) {
    for (let tries = 0; existsSync(folder); tries++) {
      try {
        removeDeepestFirst(folder);
      } catch (error) {
        if (errorCode(error) !== 'EBUSY' || tries === 100) throw error;
        await sleep(50);
      }
    }
  }
}

/** One folder for each hierarchy that systemd uses: the unified one, and `name=systemd` of old. */
function cgroupFolders(name: string): string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return mounts.flatMap((line) => {
    const [mount = '', filesystem = ''] = line.split(' - ');
    const [type, , options = ''] = filesystem.split(' ');
    const isUsed = type === 'cgroup2' || (type === 'cgroup' && options.split(',').includes('name=systemd'));
    return isUsed ? [join(mount.split(' ')[4] ?? '', name)] : [];
  });
}

/** A cgroup's files are not files: only its folders can be removed, and only when they are empty of folders. */
function removeDeepestFirst(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeDeepestFirst(join(folder, entry.name));
  }
  rmdirSync(folder);
}
