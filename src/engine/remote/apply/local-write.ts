import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Applied, ChangeOf } from './apply.ts';

/** Writes a file of the controller, whole or not at all; folders above it are made. */
export async function applyLocalWrite({ path, bytes }: ChangeOf<'local-write'>): Promise<Applied> {
  const none = Buffer.alloc(0);
  const folder = dirname(path);
  const temporary = join(folder, `.tsplay-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx', 0o666);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return { rc: 0, stdout: none, stderr: none };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error tells more
    return { rc: 1, stdout: none, stderr: Buffer.from(error instanceof Error ? error.message : String(error)) };
  }
}
