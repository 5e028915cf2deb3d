import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { TsplayError } from '../model/errors.ts';
import type { Transport } from './connections/transport.ts';
import { sh } from './quote.ts';
import { afterNoise, readUntil } from './shell/read-until.ts';
import { Sink } from './shell/sink.ts';
import { startAs } from './shell/start.ts';
import type { SessionOptions } from './types.ts';

/** Streams a file of the host into one of the controller, which is replaced when all has come. Gives the bytes written. */
export async function download(
  transport: Transport,
  path: string,
  localPath: string,
  options: SessionOptions,
  seconds: number,
): Promise<number> {
  const temporary = `${localPath}.tsplay-${randomBytes(6).toString('hex')}`;
  const nonce = randomBytes(12).toString('hex');
  const line = sh`echo ${nonce}; echo ${nonce} >&2; if [ -d ${path} ]; then echo "is a directory" >&2; exit 1; fi; exec cat -- ${path}`;
  const pipe = await startAs(transport, options.become, line.text, seconds);
  const said = new Sink(4096);
  pipe.stderr.on('data', (chunk: Buffer) => said.push(chunk)).resume();
  try {
    await readUntil(pipe.stdout, nonce);
    const file = createWriteStream(temporary, { flags: 'wx' });
    await pipeline(pipe.stdout, file);
    const { code } = await pipe.closed;
    if (code !== 0) throw new Error(afterNoise(said.bytes(), nonce).toString().trim() || `rc ${code}`);
    await rename(temporary, localPath);
    return file.bytesWritten;
  } catch (cause) {
    pipe.destroy();
    await rm(temporary, { force: true });
    throw (
      transport.failure() ?? new TsplayError('module', `cannot fetch ${path}: ${(cause as Error).message}`, { cause })
    );
  }
}
