import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { succeeds } from './commands.ts';
import { labError } from './errors.ts';

/** Mount points at and below a folder, the deepest first. */
export function mountsBelow(folder: string): string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const points = mounts.map((line) =>
    (line.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_, octal) => unescapeOctal(octal)),
  );
  return points.filter((point) => point === folder || point.startsWith(`${folder}/`)).reverse();
}

/** Unmounts whatever a host or an unfinished build left mounted at or below a folder. */
export async function unmountBelow(folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const [point] = mountsBelow(folder);
    if (point === undefined) return;
    // A process that is just ending may still hold it for a moment.
    if (await succeeds('umount', [point])) continue;
    if (tries === 100) throw labError(`cannot unmount ${point}`, 'leave that folder, then try again');
    await sleep(100);
  }
}

/** Removes a folder of ours. Nothing may be mounted in it, or what is mounted would be emptied too. */
export async function removeTree(folder: string): Promise<void> {
  await unmountBelow(folder);
  rmSync(folder, { recursive: true, force: true });
}

function unescapeOctal(octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8));
}
