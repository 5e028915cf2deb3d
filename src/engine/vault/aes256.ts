import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { TsplayError } from '../model/errors.ts';
import { fromHex } from './hex.ts';
import type { Password } from './password.ts';

const ALGORITHM = 'aes-256-ctr';
const BLOCK = 16;
const SALT = 32;

/** Encrypted content: hexadecimal digits of three lines, each of hexadecimal digits again. */
export interface Sealed {
  readonly salt: Buffer;
  readonly signature: Buffer;
  readonly ciphertext: Buffer;
}

/** Reads the body of an envelope. Throws TsplayError of kind `vault`. */
export function readBody(body: string): Sealed {
  const parts = splitTwice(fromHex(body).toString('latin1'));
  if (parts.length < 3) {
    throw new TsplayError(
      'vault',
      `Vault vaulttext format error: salt, signature and ciphertext are expected, found ${parts.length} of them`,
      { hint: 'the encrypted text was cut short: take it from a copy, or encrypt anew' },
    );
  }
  const [salt, signature, ciphertext] = parts.map(fromHex);
  return { salt: salt!, signature: signature!, ciphertext: ciphertext! };
}

function splitTwice(text: string): string[] {
  const first = text.indexOf('\n');
  const second = first < 0 ? -1 : text.indexOf('\n', first + 1);
  if (second < 0) return text.split('\n');
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

/**
 * The plaintext, or undefined if the password is another one or the content was changed. The signature is compared in
 * constant time, and nothing is decrypted unless it is right.
 */
export function open({ salt, signature, ciphertext }: Sealed, password: Password): Buffer | undefined {
  const keys = password.keys(salt);
  const expected = createHmac('sha256', keys.signature).update(ciphertext).digest();
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
  const decipher = createDecipheriv(ALGORITHM, keys.cipher, keys.counter);
  return withoutPadding(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
}

/** The body of an envelope. The salt is random unless given. */
export function seal(plaintext: Uint8Array, password: Password, salt: Buffer = randomBytes(SALT)): string {
  const keys = password.keys(salt);
  const cipher = createCipheriv(ALGORITHM, keys.cipher, keys.counter);
  const ciphertext = Buffer.concat([cipher.update(withPadding(plaintext)), cipher.final()]);
  const signature = createHmac('sha256', keys.signature).update(ciphertext).digest();
  const lines = [salt, signature, ciphertext].map((bytes) => bytes.toString('hex')).join('\n');
  return Buffer.from(lines, 'latin1').toString('hex');
}

/** Each missing byte of the last block says how many are missing; a full block is added where none is. */
function withPadding(plaintext: Uint8Array): Buffer {
  const missing = BLOCK - (plaintext.length % BLOCK);
  return Buffer.concat([plaintext, Buffer.alloc(missing, missing)]);
}

function withoutPadding(padded: Buffer): Buffer {
  const added = padded.at(-1) ?? 0;
  const end = padded.length - added;
  const whole = padded.length % BLOCK === 0 && added >= 1 && added <= BLOCK && end >= 0;
  if (whole && padded.subarray(end).every((byte) => byte === added)) return padded.subarray(0, end);
  throw new TsplayError('vault', 'Vault format error: the padding is wrong', {
    hint: 'it was signed with this password, but not written by a vault program; encrypt anew',
  });
}
