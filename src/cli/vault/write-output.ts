import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { syncFolder } from '../../engine/files/replace-file.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { overwriteUnlinked } from './overwrite.ts';

export interface WriteOptions {
  /** The file that is replaced, where its mode and owner are to stay; else only its owner can read what is written. */
  readonly like?: Stats | undefined;
  /** What stands there was not encrypted: it is overwritten once it is replaced. */
  readonly forget?: boolean | undefined;
}

/**
 * Writes a file, or standard output for `-`. What stands there is as it was until the new content is whole on disk, and
 * is replaced at once then. A link is followed. Throws TsplayError.
 */
export function writeOutput(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  if (path === '-') {
    process.stdout.write(content);
    return;
  }
  const target = realPath(path);
  const old = statSync(target, { throwIfNoEntry: false });
  if (old && !old.isFile()) throw new TsplayError('vault', `Destination '${target}' is no regular file`);
  const folder = dirname(target);
  if (!isWritable(folder)) throw new TsplayError('vault', `Destination '${folder}' not writable`);
  try {
    replace(target, content, old, options);
  } catch (cause) {
    throw new TsplayError('vault', `Unable to write ${target}: ${(cause as Error).message}`, { cause });
  }
}

function replace(target: string, content: string | Uint8Array, old: Stats | undefined, options: WriteOptions): void {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const file = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeFileSync(file, content);
      if (old) keepOwner(file, old);
      if (options.like) fchmodSync(file, options.like.mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    const forgotten = old && options.forget ? openSync(target, 'r+') : undefined;
    renameSync(temporary, target);
    if (forgotten !== undefined) overwriteUnlinked(forgotten);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/** Only root may give a file away; whoever else could write into the folder keeps what they made. */
function keepOwner(file: number, { uid, gid }: Stats): void {
  const own = fstatSync(file);
  if (own.uid === uid && own.gid === gid) return;
  try {
    fchownSync(file, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** The path without links in it; the file itself need not be there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
