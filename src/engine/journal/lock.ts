import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { TsplayError } from '../model/errors.ts';

/** Who writes a journal now. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process began, as the kernel counts, so that another one of the same number is told from it. */
  readonly begun: string | undefined;
}

/** Makes the lock of a run; one that a dead process left is taken over. Throws TsplayError if another process holds it. */
export function takeLock(path: string): void {
  for (let tries = 0; tries < 3; tries++) {
    if (made(path)) return;
    const holder = readHolder(path);
    if (holder && isAlive(holder)) {
      throw new TsplayError('usage', `this run is still going on: process ${holder.pid} on ${holder.host}`, {
        hint: 'wait for it, or end it',
      });
    }
    rmSync(path, { force: true });
  }
  throw new TsplayError('usage', `the lock ${path} cannot be taken`);
}

export function releaseLock(path: string): void {
  rmSync(path, { force: true });
}

/** Whether a process that writes this journal is alive. */
export function isLocked(path: string): boolean {
  const holder = readHolder(path);
  return holder !== undefined && isAlive(holder);
}

function made(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  const holder: Holder = { host: hostname(), pid: process.pid, begun: begunAt(process.pid) };
  writeSync(file, JSON.stringify(holder));
  closeSync(file);
  return true;
}

function readHolder(path: string): Holder | undefined {
  try {
    const { host, pid, begun } = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return typeof host === 'string' && Number.isSafeInteger(pid) && pid > 0 ? { host, pid, begun } : undefined;
  } catch {
    return undefined; // Torn by a crash, or gone meanwhile: nobody holds it.
  }
}

/** A holder on another machine (a shared home) cannot be asked, so it counts as alive. */
function isAlive({ host, pid, begun }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return begun === undefined || begunAt(pid) === begun;
}

/** Undefined where there is no /proc, and for a process that is dead and not yet buried. */
function begunAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  } catch {
    return undefined;
  }
}
