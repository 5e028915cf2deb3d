import type { Readable } from 'node:stream';

/** Bytes that may come before the line waited for: banners and what profiles print. */
const NOISE_LIMIT = 1024 * 1024;

/** Reads a stream up to and with the line `line`; the bytes after it are left for the next reader. Rejects if it ends before. */
export function readUntil(stream: Readable, line: string): Promise<void> {
  const wanted = Buffer.from(`${line}\n`);
  let seen: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      const at = seen.indexOf(wanted);
      if (at < 0) {
        if (seen.length > NOISE_LIMIT) finish(new Error('too much output before the answer'));
        return;
      }
      finish();
      const rest = seen.subarray(at + wanted.length);
      if (rest.length > 0) stream.unshift(rest);
    };
    const onEnd = () => finish(new Error('the stream ended before the answer'));
    const finish = (error?: Error) => {
      stream.off('data', onData);
      stream.off('end', onEnd);
      stream.pause();
      if (error) reject(error);
      else resolve();
    };
    stream.once('end', onEnd);
    stream.on('data', onData).resume(); // it stands still after an earlier wait
  });
}

/** What came after the line `line`: without the banners and what profiles print. All of it if the line is not there. */
export function afterNoise(bytes: Buffer, line: string): Buffer {
  const at = bytes.indexOf(`${line}\n`);
  return at < 0 ? bytes : bytes.subarray(at + line.length + 1);
}
