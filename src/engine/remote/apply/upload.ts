import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Content } from '../../model/change.ts';
import type { Completed } from '../../model/script.ts';
import type { Transport } from '../connections/transport.ts';
import { sh } from '../quote.ts';
import { afterNoise } from '../shell/read-until.ts';
import { Sink } from '../shell/sink.ts';
import { startAs } from '../shell/start.ts';
import type { BecomeSettings } from '../types.ts';

/** Streams content into a new file of the host, readable by its owner alone. */
export type Uploader = (content: Content, path: string) => Promise<Completed>;

/** An uploader with a process of its own for each file, so that bytes pass as they are. */
export function uploader(transport: Transport, become: BecomeSettings | undefined, seconds: number): Uploader {
  return async (content, path) => {
    const nonce = randomBytes(12).toString('hex');
    const pipe = await startAs(
      transport,
      become,
      sh`echo ${nonce} >&2; umask 077; set -C; exec cat >${path}`.text,
      seconds,
    );
    const stdout = new Sink(4096);
    const stderr = new Sink(64 * 1024);
    pipe.stdout.on('data', (chunk: Buffer) => stdout.push(chunk)).resume();
    pipe.stderr.on('data', (chunk: Buffer) => stderr.push(chunk)).resume();
    const source =
      'bytes' in content
        ? Readable.from([content.bytes])
        : createReadStream(content.file, { highWaterMark: 256 * 1024 });
    // The host may stop reading (a full disk): its message and rc say why, better than our broken pipe.
    const broken = await pipeline(source, pipe.stdin).then(
      () => undefined,
      (error: Error) => error,
    );
    const exit = await pipe.closed;
    const failure = transport.failure();
    if (failure) throw failure;
    const rc = exit.code ?? 1;
    if (rc === 0 && broken) stderr.push(Buffer.from(broken.message));
    return { rc: rc === 0 && broken ? 1 : rc, stdout: Buffer.alloc(0), stderr: afterNoise(stderr.bytes(), nonce) };
  };
}
