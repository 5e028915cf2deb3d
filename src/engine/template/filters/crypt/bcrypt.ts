import { Blowfish } from './blowfish.ts';

export const BCRYPT_SALT = 22;

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MAGIC = 'OrpheanBeholderScryDoubt';

/** bcrypt (`$2b$`); only the first 72 bytes of a password count. `cost` is the logarithm of the rounds. */
export function bcrypt(password: string, salt: string, cost: number, ident: string): string {
  const key = Buffer.concat([Buffer.from(password), Buffer.alloc(1)]).subarray(0, 72);
  const saltBytes = decode(salt).subarray(0, 16);
  const cipher = new Blowfish();
  cipher.expand(key, saltBytes);
  for (let round = 2 ** cost; round > 0; round--) {
    cipher.expand(key);
    cipher.expand(saltBytes);
  }
  const text = Buffer.from(MAGIC);
  for (let at = 0; at < text.length; at += 8) {
    for (let count = 0; count < 64; count++) cipher.encrypt(text, at);
  }
  return `$${ident.replaceAll('$', '')}$${String(cost).padStart(2, '0')}$${encode(saltBytes)}${encode(text.subarray(0, 23))}`;
}

function encode(bytes: Uint8Array): string {
  const standard = Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return Array.from(standard, (char) => ALPHABET[STANDARD.indexOf(char)]).join('');
}

function decode(text: string): Buffer {
  return Buffer.from(Array.from(text, (char) => STANDARD[ALPHABET.indexOf(char)]).join(''), 'base64');
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
