import { createHmac, hkdfSync, scryptSync } from 'node:crypto';
import { TsplayError } from '../model/errors.ts';
import { Seal } from '../vault/seal.ts';

/** Characters of the shortest key that a person may give. */
const SHORTEST = 12;

/** What closes entries: the same for all controllers that share. */
export interface StoreKey {
  readonly seal: Seal;
  /** Eight hex digits by which a key is known, and which tell nothing of it. */
  readonly id: string;
}

/** From a key of 32 random bytes. */
export function keyOfBytes(bytes: Buffer): StoreKey {
  const own = Buffer.from(hkdfSync('sha256', bytes, '', 'store', 32));
  return { seal: new Seal(own), id: createHmac('sha256', own).update('id').digest('hex').slice(0, 8) };
}

/** From what a person gave: the content of a key file, a vault password. `source` names it. Throws TsplayError. */
export function keyOfText(text: Buffer, source: string): StoreKey {
  if (text.length < SHORTEST) {
    throw new TsplayError('usage', `the key of the store, ${source}, is shorter than ${SHORTEST} characters`, {
      hint: 'make one: openssl rand -base64 32',
    });
  }
  // There is no place for a salt that all controllers know; scrypt makes guessing slow.
  return keyOfBytes(scryptSync(text, 'tsplay store', 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }));
}
