import type { Script } from '../model/script.ts';
import { sh } from './quote.ts';

/** Algorithms by Python's names, each with openssl's. What has a tool of its own (`sha256sum`) does without openssl. */
const names = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
} as const;

export type Digest = keyof typeof names;

export const digests = Object.keys(names) as readonly Digest[];

/** The word for an algorithm that `_lk` and openssl take. */
export function digestWord(digest: Digest): string {
  return names[digest];
}

/** Prints the hex digest of what stands in the variable `file` names (shell text for a path), and more behind it. */
export function digestOfFile(digest: Digest, file: Script): Script {
  const word = digestWord(digest);
  return sh`{ ${`${word}sum`} <${file} 2>/dev/null || openssl dgst -r ${`-${word}`} <${file}; }`;
}
