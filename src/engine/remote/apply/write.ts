import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';
import { backupName } from './backup.ts';
import { fillTemporary, moveIntoPlace, nameTemporary } from './replace.ts';
import type { Uploader } from './upload.ts';

/** Bytes up to which content travels within the frame. */
const INLINE = 512 * 1024;

/** Replaces a file atomically: a temporary file beside it, then rename. Small content is one round trip. */
export async function applyWrite(change: ChangeOf<'write'>, runner: Runner, uploader: Uploader): Promise<Applied> {
  const { content, backup } = change;
  const name = nameTemporary(change, randomBytes(6).toString('hex'));
  const move = moveIntoPlace(change);
  const size = 'bytes' in content ? content.bytes.length : content.size;
  if (size <= INLINE) {
    const bytes = 'bytes' in content ? content.bytes : await readFile(content.file);
    return backupName(await runner.script(sh`${name}; ${fillTemporary()}; ${move}`, { data: bytes }), backup);
  }
  const named = await runner.script(sh`${name}; printf %s "$t"`);
  if (named.rc !== 0) return named;
  const temporary = named.stdout.toString();
  const folder = temporary.slice(0, temporary.lastIndexOf('/'));
  const sent = await uploader(content, temporary);
  if (sent.rc !== 0) {
    await runner.script(sh`rm -f -- ${temporary}`);
    return sent;
  }
  return backupName(await runner.script(sh`t=${temporary}; d=${folder}; ${move}`), backup);
}
