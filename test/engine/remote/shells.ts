import { spawnSync } from 'node:child_process';

/** Shells of this machine that a host could have as `/bin/sh`. */
export const SHELLS: readonly (readonly string[])[] = [
  ['sh'],
  ['dash'],
  ['bash', '--posix'],
  ['busybox', 'sh'],
  ['ksh'],
  ['mksh'],
].filter(([command]) => spawnSync(command as string, ['-c', ':']).error === undefined);

/** Output of a script in one of them. */
export function runIn(shell: readonly string[], script: string): Buffer {
  const [command, ...flags] = shell as [string, ...string[]];
  const done = spawnSync(command, [...flags, '-s'], { input: script, maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`rc ${done.status}: ${done.stderr}`);
  return done.stdout;
}

/** Numbers that look random and are the same in each run. */
export function pseudoRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
