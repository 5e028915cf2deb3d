import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { TsplayError } from '../../model/errors.ts';
import type { Exit, Pipe, Transport } from './transport.ts';

/** The controller itself as a host: processes of their own session under `/bin/sh`. */
export function openLocal(): Transport {
  const running = new Set<Pipe>();
  return {
    start: async (command) => {
      const pipe = await startProcess(command);
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

function startProcess(command: string): Promise<Pipe> {
  return new Promise((resolve, reject) => {
    // Its own session, so that Ctrl-C in the controller's terminal does not reach it before we decide what to do.
    const child = spawn('/bin/sh', ['-c', command], { cwd: workingFolder(), detached: true, stdio: 'pipe' });
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

/** The folder tsplay was started in, as Ansible has it; the home if that folder is gone. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return homedir();
  }
}
