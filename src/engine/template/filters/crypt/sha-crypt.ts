import { createHash } from 'node:crypto';
import { encodeCrypt } from './base64.ts';

export const IMPLICIT_ROUNDS = 5000;

// How the digest's bytes are mixed before they are written: groups of three from the thirds of the digest, in turns.
const ORDER_512 = [...Array.from({ length: 21 }, (_, row) => rotate([row, row + 21, row + 42], row)), [63]];
const ORDER_256 = [...Array.from({ length: 10 }, (_, row) => rotate([row, row + 10, row + 20], 2 * row)), [31, 30]];

function rotate(group: number[], times: number): number[] {
  const cut = times % 3;
  return [...group.slice(cut), ...group.slice(0, cut)];
}

/** SHA-crypt (`$5$`, `$6$`) as crypt(3) and passlib write it; rounds are named where they are not 5000. */
export function shaCrypt(bits: 256 | 512, password: string, salt: string, rounds: number): string {
  const algorithm = `sha${bits}`;
  const hash = (...parts: Uint8Array[]) => {
    const digest = createHash(algorithm);
    for (const part of parts) digest.update(part);
    return digest.digest();
  };
  const secret = Buffer.from(password);
  const salted = Buffer.from(salt);
  const alternate = hash(secret, salted, secret);
  const parts: Buffer[] = [secret, salted, stretch(alternate, secret.length)];
  for (let length = secret.length; length > 0; length >>= 1) parts.push(length & 1 ? alternate : secret);
  let digest = hash(...parts);
  const p = stretch(hash(...Array.from({ length: secret.length }, () => secret)), secret.length);
  const s = stretch(hash(...Array.from({ length: 16 + digest[0]! }, () => salted)), salted.length);
  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1;
    const sequence = [odd ? p : digest];
    if (round % 3) sequence.push(s);
    if (round % 7) sequence.push(p);
    sequence.push(odd ? digest : p);
    digest = createHash(algorithm).update(Buffer.concat(sequence)).digest();
  }
  const named = rounds === IMPLICIT_ROUNDS ? '' : `rounds=${rounds}$`;
  return `$${bits === 512 ? 6 : 5}$${named}${salt}$${encodeCrypt(digest, bits === 512 ? ORDER_512 : ORDER_256)}`;
}

function stretch(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes.length > 0 ? bytes : 0);
}
