import { spawn } from 'node:child_process';
import { labError } from './errors.ts';

export interface CommandOptions {
  readonly input?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** Runs a program of this machine without a shell and gives its standard output; fails with the end of what it said. */
export function execute(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', env: options.env ?? process.env });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.stdin.on('error', () => {}); // it may end without reading its input
    child.on('error', (cause) => reject(labError(`cannot run ${program}: ${cause.message}`, undefined, cause)));
    child.on('close', (code, signal) => {
      const output = Buffer.concat(out).toString();
      if (code === 0) return resolve(output);
      const said = lastLines(Buffer.concat(errors).toString() || output);
      const end = signal ?? `exit ${code}`;
      reject(labError(`${[program, ...args].join(' ')} failed (${end})${said ? `: ${said}` : ''}`));
    });
    child.stdin.end(options.input ?? '');
  });
}

/** Whether a program succeeds. */
export async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    await execute(program, args);
    return true;
  } catch {
    return false;
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join('; ');
}
