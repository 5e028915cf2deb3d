import { closeSync, openSync, readSync } from 'node:fs';
import type { World } from '../model/value.ts';
import { isVaulted } from '../vault/envelope.ts';

const HEAD = 32;

/** Whether a file of the controller is encrypted. One that cannot be read is not: whoever reads it says why. */
export function isVaultedFile(path: string): boolean {
  try {
    return beginsAsVault(path);
  } catch {
    return false;
  }
}

/** The same; throws what Node throws where it cannot be read. */
export function beginsAsVault(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    return isVaulted(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync(file);
  }
}

/** Content of a file for a lookup. That of an encrypted one is a secret from now on. */
export function readForLookup(path: string, world: World): string {
  const text = world.readFile(path).toString();
  if (isVaultedFile(path)) world.secret(text);
  return text;
}
