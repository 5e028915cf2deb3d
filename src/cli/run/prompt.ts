import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { TsplayError } from '../../engine/model/errors.ts';

export interface PromptOptions {
  readonly echo: boolean;
  /** Give up waiting after this many seconds; the answer is empty then. */
  readonly seconds?: number;
}

/** Asks on the terminal. Without one there is nobody to ask: the answer is empty. */
export async function prompt(question: string, { echo, seconds }: PromptOptions): Promise<string> {
  process.stderr.write(question);
  if (!process.stdin.isTTY && seconds === undefined) return readLine(echo, undefined);
  return readLine(echo, seconds);
}

function readLine(echo: boolean, seconds: number | undefined): Promise<string> {
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (echo) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY === true });
  return new Promise((resolve, reject) => {
    const timer = seconds === undefined ? undefined : setTimeout(() => finish(''), seconds * 1000);
    const finish = (answer: string) => {
      clearTimeout(timer);
      lines.close();
      if (!echo) process.stderr.write('\n');
      resolve(answer);
    };
    lines.once('line', finish);
    lines.once('SIGINT', () => {
      clearTimeout(timer);
      lines.close();
      reject(new TsplayError('usage', 'interrupted while waiting for an answer'));
    });
    lines.once('close', () => finish(''));
  });
}
