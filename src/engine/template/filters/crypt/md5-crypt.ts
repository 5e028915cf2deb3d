import { createHash } from 'node:crypto';
import { encodeCrypt } from './base64.ts';

const ROUNDS = 1000;
const ORDER = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]];

/** The old MD5 scheme of crypt(3), `$1$`. */
export function md5Crypt(password: string, salt: string): string {
  const secret = Buffer.from(password);
  const salted = Buffer.from(salt);
  const alternate = md5(secret, salted, secret);
  const parts: Buffer[] = [secret, Buffer.from(`$1$${salt}`), Buffer.alloc(secret.length, alternate)];
  for (let length = secret.length; length > 0; length >>= 1)
    parts.push(length & 1 ? Buffer.alloc(1) : secret.subarray(0, 1));
  let digest = md5(...parts);
  for (let round = 0; round < ROUNDS; round++) {
    const odd = round % 2 === 1;
    const sequence = [odd ? secret : digest];
    if (round % 3) sequence.push(salted);
    if (round % 7) sequence.push(secret);
    sequence.push(odd ? digest : secret);
    digest = md5(...sequence);
  }
  return `$1$${salt}$${encodeCrypt(digest, ORDER)}`;
}

function md5(...parts: Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(parts)).digest();
}
