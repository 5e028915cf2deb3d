import { openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { TsplayError } from '../../engine/model/errors.ts';

export interface PromptOptions {
  readonly echo: boolean;
  /** Give up waiting after this many seconds; the answer is empty then. */
  readonly seconds?: number;
}

/**
 * Asks on the terminal. Where standard input is none, a secret is asked for on the terminal of the process all the same,
 * as what is piped in may be something else; without any terminal a line of standard input is the answer.
 */
export async function prompt(question: string, { echo, seconds }: PromptOptions): Promise<string> {
  process.stderr.write(question);
  if (process.stdin.isTTY || seconds !== undefined) return readLine(process.stdin, echo, seconds);
  const terminal = echo ? undefined : openTerminal();
  if (!terminal) return readPipedLine();
  try {
    return await readLine(terminal, echo, seconds);
  } finally {
    terminal.destroy();
  }
}

function openTerminal(): ReadStream | undefined {
  try {
    return new ReadStream(openSync('/dev/tty', 'r+'));
  } catch {
    return undefined; // A daemon or a job of CI has none.
  }
}

/** Byte by byte, so that what follows the line is left for whoever reads standard input next. */
function readPipedLine(): string {
  const bytes: number[] = [];
  const byte = Buffer.alloc(1);
  while (readByte(byte) && byte[0] !== 10) bytes.push(byte[0]!);
  return Buffer.from(bytes).toString().replace(/\r$/, '');
}

/** False at the end. */
function readByte(into: Buffer): boolean {
  for (;;) {
    try {
      return readSync(0, into) === 1;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return false;
      if (code !== 'EAGAIN') throw error;
      // Somebody made the pipe non-blocking: wait a little, as there is nothing yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** One line of a stream, without its end; empty where the stream ends, or after so many seconds. */
export function readLine(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  echo: boolean,
  seconds: number | undefined,
): Promise<string> {
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (echo) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output, terminal: input.isTTY === true });
  return new Promise<string>((resolve, reject) => {
    const timer = seconds === undefined ? undefined : setTimeout(() => resolve(''), seconds * 1000);
    lines.once('line', resolve);
    lines.once('SIGINT', () => reject(new TsplayError('usage', 'interrupted while waiting for an answer')));
    lines.once('close', () => {
      clearTimeout(timer);
      resolve('');
    });
  }).finally(() => {
    lines.close();
    if (!echo) process.stderr.write('\n');
  });
}
