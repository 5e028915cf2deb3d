import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { TsplayError } from '../../model/errors.ts';
import type { Exit, Pipe, Transport } from './transport.ts';

/** The controller itself as a host: processes of their own session under `/bin/sh`, which start in `directory`. */
export function openLocal(directory?: string): Transport {
  const running = new Set<Pipe>();
  return {
    start: async (command) => {
      const pipe = await startProcess(command, directory);
      running.add(pipe);
      void pipe.closed.then(() => running.delete(pipe));
      return pipe;
    },
    failure: () => undefined,
    close: async () => {
      for (const pipe of running) pipe.stdin.end();
    },
  };
}

function startProcess(command: string, directory: string | undefined): Promise<Pipe> {
  return new Promise((resolve, reject) => {
    // Its own session, so that Ctrl-C in the controller's terminal does not reach it before we decide what to do.
    const child = spawn('/bin/sh', ['-c', command], { cwd: workingFolder(directory), detached: true, stdio: 'pipe' });
    const closed = new Promise<Exit>((settle) => {
      child.once('close', (code, signal) => settle({ code: code ?? undefined, signal: signal ?? undefined }));
    });
    const signal = (name: NodeJS.Signals) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(-child.pid, name);
      } catch {
        // gone already
      }
    };
    child.stdin.on('error', () => {}); // the process closed its input; its end is seen by `closed`
    child.once('error', (cause) =>
      reject(new TsplayError('unreachable', `cannot start /bin/sh: ${cause.message}`, { cause })),
    );
    child.once('spawn', () =>
      resolve({
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        closed,
        kill: (name) => signal(`SIG${name}`),
        destroy: () => {
          signal('SIGKILL');
          for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
        },
      }),
    );
  });
}

/** That folder, else the one tsplay was started in; the home if both are gone. */
function workingFolder(directory: string | undefined): string {
  if (directory !== undefined && existsSync(directory)) return directory;
  try {
    return process.cwd();
  } catch {
    return homedir();
  }
}
