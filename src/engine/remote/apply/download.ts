import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Digests } from '../../model/change.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Transport } from '../connections/transport.ts';
import { sh } from '../quote.ts';
import { afterNoise, readUntil } from '../shell/read-until.ts';
import { Sink } from '../shell/sink.ts';
import { startAs } from '../shell/start.ts';
import type { BecomeSettings } from '../types.ts';
import type { Applied, ChangeOf } from './apply.ts';

/** Streams a file of the host into a new file of the controller. Throws with the host's reason when it cannot. */
export type Downloader = (from: string, path: string) => Promise<Digests>;

/** A downloader with a process of its own for each file, so that bytes pass as they are. */
export function downloader(transport: Transport, become: BecomeSettings | undefined, seconds: number): Downloader {
  return async (from, path) => {
    const nonce = randomBytes(12).toString('hex');
    const line = sh`echo ${nonce}; echo ${nonce} >&2; if [ -d ${from} ]; then echo "is a directory" >&2; exit 1; fi; exec cat -- ${from}`;
    const pipe = await startAs(transport, become, line.text, seconds);
    const said = new Sink(4096);
    pipe.stderr.on('data', (chunk: Buffer) => said.push(chunk)).resume();
    try {
      await readUntil(pipe.stdout, nonce);
      const [sha1, md5] = [createHash('sha1'), createHash('md5')];
      const file = createWriteStream(path, { flags: 'wx', flush: true });
      const counted = async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          sha1.update(chunk);
          md5.update(chunk);
          yield chunk;
        }
      };
      await pipeline(pipe.stdout, counted, file);
      const { code } = await pipe.closed;
      if (code !== 0) throw new Error(afterNoise(said.bytes(), nonce).toString().trim() || `rc ${code}`);
      return { sha1: sha1.digest('hex'), md5: md5.digest('hex') };
    } catch (error) {
      pipe.destroy();
      throw transport.failure() ?? error;
    }
  };
}

/** Brings a file to the controller, whole or not at all; folders above it are made. */
export async function applyDownload(change: ChangeOf<'download'>, fetch: Downloader): Promise<Applied> {
  const { from, path, sha1 } = change;
  const none = Buffer.alloc(0);
  const folder = dirname(path);
  const temporary = join(folder, `.tsplay-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true });
    const digests = await fetch(from, temporary);
    if (sha1 !== undefined && digests.sha1 !== sha1) throw new Error('checksum mismatch');
    await rename(temporary, path);
    await syncFolder(folder);
    return { rc: 0, stdout: none, stderr: none, digests };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error tells more
    if (error instanceof TsplayError) throw error;
    return { rc: 1, stdout: none, stderr: Buffer.from(error instanceof Error ? error.message : String(error)) };
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
