import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Replacing {
  /** Whether it must outlive a power cut; false for what can be made again. */
  readonly durable?: boolean;
}

/**
 * Puts a text at a path of the controller, 0600, whole or not at all. Its folder may be one that others write to: nothing
 * that waits there under a name is followed. Throws what node:fs throws.
 */
export function replaceFile(path: string, text: string, { durable = true }: Replacing = {}): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (durable) syncFolder(folder);
}

/** A rename in the folder outlives a power cut from now on. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
