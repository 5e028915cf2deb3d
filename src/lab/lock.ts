import { spawn } from 'node:child_process';
import { labError } from './errors.ts';

/**
 * Runs work while holding a lock file. flock(1) holds it as long as its standard input is open, so the
 * kernel gives the lock back however this process ends.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', ['--exclusive', path, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  holder.stdin.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    holder.stdout.once('data', () => resolve());
    holder.once('error', (cause) => reject(labError(`cannot run flock: ${cause.message}`, undefined, cause)));
    holder.once('exit', () => reject(labError(`cannot lock ${path}`)));
  });
  try {
    return await work();
  } finally {
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.stdin.end();
    await ended;
  }
}
