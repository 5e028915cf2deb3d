import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from './errors.ts';
import { readIfThere, writeWhole } from './files.ts';

/** Starts a program that outlives this process, its output in a log, and writes who it is to `identityFile`. */
export function startDetached(program: string, args: readonly string[], log: string, identityFile: string): void {
  const output = openSync(log, 'w', 0o600);
  try {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output] });
    child.on('error', () => {}); // shows as a missing pid just below
    child.unref();
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (!identity) throw labError(`cannot start ${program}`, `see ${log}`);
    writeWhole(identityFile, identity);
  } finally {
    closeSync(output);
  }
}

/** The pid in an identity file, if that very process still runs. */
export function runningProcess(identityFile: string): number | undefined {
  const identity = readIfThere(identityFile);
  const pid = Number(identity?.split(' ')[0]);
  return Number.isInteger(pid) && identify(pid) === identity ? pid : undefined;
}

/** Kills processes and waits until they are gone. */
export async function killAll(pids: readonly number[]): Promise<void> {
  const identities = new Map(pids.map((pid) => [pid, identify(pid)]));
  const alive = () => [...identities].filter(([pid, identity]) => identity && identify(pid) === identity);
  for (const [pid] of alive()) kill(pid);
  for (let tries = 0; alive().length > 0; tries++) {
    if (tries === 200) throw labError(`process ${alive()[0]?.[0]} does not end, though it was killed`);
    await sleep(50);
  }
}

/** Pid, start time and boot: no other process ever has the same three. Undefined for one that is gone or dead. */
function identify(pid: number): string | undefined {
  try {
    // The name may hold blanks and brackets, so fields are counted after the last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(')').at(-1)?.trim().split(' ') ?? [];
    const [state, startTime] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return undefined;
    return `${pid} ${startTime} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ended by itself in the meantime
  }
}
