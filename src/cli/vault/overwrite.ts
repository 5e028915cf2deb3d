import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, writeSync } from 'node:fs';

/** Bytes written at a time. */
const CHUNK = 1024 * 1024;

/** Random bytes in the place of a file's content, as far as file systems let one. */
export function overwrite(file: number, size: number): void {
  for (let at = 0; at < size; at += CHUNK) {
    const bytes = randomBytes(Math.min(CHUNK, size - at));
    writeSync(file, bytes, 0, bytes.length, at);
  }
  fsyncSync(file);
}

/** Overwrites and closes a file that lost its name; one that has another name still is left alone. */
export function overwriteUnlinked(file: number): void {
  try {
    const { nlink, size } = fstatSync(file);
    if (nlink === 0) overwrite(file, size);
  } finally {
    closeSync(file);
  }
}
