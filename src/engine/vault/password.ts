import { pbkdf2Sync } from 'node:crypto';

const ROUNDS = 10_000;
const KEY = 32;
const COUNTER = 16;
/** Of one password; past that all are forgotten, since each takes 80 bytes and content decides how many there are. */
const MOST = 10_000;

/** What one password gives with one salt. */
export interface Keys {
  readonly cipher: Buffer;
  readonly signature: Buffer;
  /** First value of the counter. */
  readonly counter: Buffer;
}

/** A password, with the keys derived from it: each costs milliseconds, and the same value is opened for many hosts. */
export class Password {
  readonly bytes: Buffer;
  private readonly known = new Map<string, Keys>();

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  keys(salt: Buffer): Keys {
    const name = salt.toString('latin1');
    const known = this.known.get(name);
    if (known) return known;
    const all = pbkdf2Sync(this.bytes, salt, ROUNDS, 2 * KEY + COUNTER, 'sha256');
    const keys = {
      cipher: all.subarray(0, KEY),
      signature: all.subarray(KEY, 2 * KEY),
      counter: all.subarray(2 * KEY),
    };
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(name, keys);
    return keys;
  }
}
