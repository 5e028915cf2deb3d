import { createHash } from 'node:crypto';

const SIZE = 624;

/** Where random choices come from: integers from 0 up to `limit`, not included. */
export interface RandomSource {
  below(limit: number): number;
}

/** Python's `random.Random(seed)`: the same seed gives the same choices as in Python, on every machine. */
export class PythonRandom implements RandomSource {
  private readonly state = new Uint32Array(SIZE);
  private index = SIZE;

  /** @param seed an int, or text or bytes, which Python hashes */
  constructor(seed: number | bigint | string | Uint8Array) {
    this.initialise(seedWords(seed));
  }

  below(limit: number): number {
    const bits = limit.toString(2).length;
    for (;;) {
      const candidate = this.bits(bits);
      if (candidate < limit) return candidate;
    }
  }

  /** An unsigned number of up to 53 bits. */
  private bits(count: number): number {
    if (count <= 32) return this.next() >>> (32 - count);
    const low = this.next();
    return low + (this.next() >>> (64 - count)) * 2 ** 32;
  }

  private seedWith(seed: number): void {
    this.state[0] = seed;
    for (let at = 1; at < SIZE; at++) {
      const previous = this.state[at - 1]!;
      this.state[at] = Math.imul(1812433253, previous ^ (previous >>> 30)) + at;
    }
  }

  private initialise(key: readonly number[]): void {
    this.seedWith(19650218);
    let at = 1;
    for (let round = 0; round < Math.max(SIZE, key.length); round++) {
      const word = round % key.length;
      this.state[at] = (this.state[at]! ^ Math.imul(this.mixed(at), 1664525)) + key[word]! + word;
      at = this.advance(at);
    }
    for (let round = 1; round < SIZE; round++) {
      this.state[at] = (this.state[at]! ^ Math.imul(this.mixed(at), 1566083941)) - at;
      at = this.advance(at);
    }
    this.state[0] = 0x80000000;
  }

  private mixed(at: number): number {
    const previous = this.state[at - 1]!;
    return previous ^ (previous >>> 30);
  }

  private advance(at: number): number {
    if (at + 1 < SIZE) return at + 1;
    this.state[0] = this.state[SIZE - 1]!;
    return 1;
  }

  private next(): number {
    if (this.index >= SIZE) this.twist();
    let word = this.state[this.index++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  private twist(): void {
    for (let at = 0; at < SIZE; at++) {
      const word = (this.state[at]! & 0x80000000) | (this.state[(at + 1) % SIZE]! & 0x7fffffff);
      this.state[at] = this.state[(at + 397) % SIZE]! ^ (word >>> 1) ^ (word & 1 ? 0x9908b0df : 0);
    }
    this.index = 0;
  }
}

/** The seed as 32-bit words, lowest first. */
function seedWords(seed: number | bigint | string | Uint8Array): number[] {
  let value =
    typeof seed === 'object' || typeof seed === 'string' ? hashSeed(Buffer.from(seed as string)) : BigInt(seed);
  if (value < 0n) value = -value;
  const words: number[] = [];
  do {
    words.push(Number(value & 0xffffffffn));
    value >>= 32n;
  } while (value > 0n);
  return words;
}

function hashSeed(bytes: Buffer): bigint {
  const digest = createHash('sha512').update(bytes).digest();
  return BigInt(`0x${Buffer.concat([bytes, digest]).toString('hex')}`);
}
