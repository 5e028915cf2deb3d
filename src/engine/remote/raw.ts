import type { Completed } from '../model/script.ts';
import { timerMs } from '../model/timer.ts';
import type { Pipe, Transport } from './connections/transport.ts';
import { quote } from './quote.ts';
import { exportLines } from './runner.ts';
import { OUTPUT_LIMIT } from './shell/shell.ts';
import { Sink } from './shell/sink.ts';
import { startAs } from './shell/start.ts';
import type { SessionOptions } from './types.ts';

/** Milliseconds that a process gets to end when it is asked to. */
const GRACE = 1000;

/** Runs a text with the login shell, as it is; with a change of user, an executable or an environment, with `/bin/sh`. */
export async function runRaw(
  transport: Transport,
  command: string,
  options: SessionOptions & { executable?: string },
  seconds: number,
): Promise<Completed> {
  const text = options.executable ? `${options.executable} -c ${quote(command)}` : command;
  const exports = exportLines(options.environment);
  const pipe = options.become
    ? await startAs(transport, options.become, `eval ${quote(exports + text)}`, seconds)
    : await transport.start(exports ? `exec /bin/sh -c ${quote(exports + text)}` : text);
  pipe.stdin.end();
  const completed = await collect(pipe, options.timeout);
  const failure = transport.failure();
  if (failure) throw failure;
  return completed;
}

async function collect(pipe: Pipe, timeout: number | undefined): Promise<Completed> {
  const stdout = new Sink(OUTPUT_LIMIT);
  const stderr = new Sink(OUTPUT_LIMIT);
  pipe.stdout.on('data', (chunk: Buffer) => stdout.push(chunk)).resume();
  pipe.stderr.on('data', (chunk: Buffer) => stderr.push(chunk)).resume();
  const timers: NodeJS.Timeout[] = [];
  const state = { timedOut: false };
  const overdue = () => {
    state.timedOut = true;
    pipe.kill('TERM');
    timers.push(
      setTimeout(() => pipe.kill('KILL'), GRACE),
      setTimeout(() => pipe.destroy(), 2 * GRACE),
    );
  };
  if (timeout) timers.push(setTimeout(overdue, timerMs(timeout)));
  const exit = await pipe.closed;
  for (const timer of timers) clearTimeout(timer);
  return {
    rc: exit.code ?? 1,
    stdout: stdout.bytes(),
    stderr: stderr.bytes(),
    ...(state.timedOut && { timedOut: true }),
    ...((stdout.truncated || stderr.truncated) && { truncated: true }),
  };
}
