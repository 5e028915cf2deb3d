import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** This machine's full name; its plain one where nobody knows more. */
export async function fullName(): Promise<string> {
  try {
    return (await run('hostname', ['-f'])).stdout.trim() || hostname();
  } catch {
    return hostname(); // Containers often have no `hostname`.
  }
}

/** The pattern of the hosts that are this machine. */
export function thisMachine(full: string): string {
  const names = new Set([full, hostname(), full.split('.')[0]!, hostname().split('.')[0]!]);
  return ['localhost', ...names, '127.0.0.1'].join(',');
}
