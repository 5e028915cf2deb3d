import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Content } from '../../model/change.ts';
import { isVaultedFile } from '../../template/vaulted-file.ts';
import type { Controller } from '../types.ts';
import { digestsOf } from './local-place.ts';

/** A file that is to be on the host: its content, and what results tell of it. */
export interface Source {
  /** The name it takes in a folder. */
  readonly name: string;
  /** Where it is from, for results and diffs; undefined for text given in the task. */
  readonly from: string | undefined;
  readonly content: Content;
  readonly sha1: string;
  readonly md5: string;
  /** It is encrypted on the controller, so that what it holds is not shown. */
  readonly secret: boolean;
  /** Permissions on the controller, for `mode: preserve`. */
  readonly mode: number;
}

/** Larger files are streamed instead of being held. */
const heldBytes = 512 * 1024;

export function sourceOfBytes(bytes: Buffer, name: string, from: string | undefined, mode = 0o644): Source {
  const digest = (kind: string) => createHash(kind).update(bytes).digest('hex');
  return { name, from, content: { bytes }, sha1: digest('sha1'), md5: digest('md5'), secret: false, mode };
}

/** A file of the controller; a vaulted one is decrypted if `decrypt` says so. */
export async function sourceOfFile(controller: Controller, path: string, decrypt: boolean): Promise<Source> {
  const { size, mode } = statSync(path);
  const name = basename(path);
  const vaulted = decrypt && isVaultedFile(path);
  if (vaulted || size <= heldBytes) {
    const bytes = vaulted ? controller.readFile(path) : await readFile(path);
    return { ...sourceOfBytes(bytes, name, path, mode & 0o7777), secret: vaulted };
  }
  return {
    name,
    from: path,
    content: { file: path, size },
    ...(await digestsOf(path)),
    secret: false,
    mode: mode & 0o7777,
  };
}
