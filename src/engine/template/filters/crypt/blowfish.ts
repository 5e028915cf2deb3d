const ROUNDS = 16;
const SUBKEYS = ROUNDS + 2;
const BOX = 256;

let tables: Uint32Array | undefined;

/** Blowfish with the costly key schedule of bcrypt. */
export class Blowfish {
  private readonly p: Uint32Array;
  private readonly s: Uint32Array;
  private left = 0;
  private right = 0;

  constructor() {
    tables ??= fractionOfPi(SUBKEYS + 4 * BOX);
    this.p = tables.slice(0, SUBKEYS);
    this.s = tables.slice(SUBKEYS);
  }

  /** Mixes a key, and a salt of 16 bytes if there is one, into all tables. */
  expand(key: Uint8Array, salt?: Uint8Array): void {
    for (let at = 0; at < SUBKEYS; at++) this.p[at]! ^= word(key, at * 4);
    this.left = this.right = 0;
    let offset = 0;
    for (const table of [this.p, this.s]) {
      for (let at = 0; at < table.length; at += 2) {
        if (salt) {
          this.left ^= word(salt, offset);
          this.right ^= word(salt, offset + 4);
          offset = (offset + 8) % salt.length;
        }
        this.turn();
        table[at] = this.left;
        table[at + 1] = this.right;
      }
    }
  }

  /** Encrypts eight bytes in place. */
  encrypt(bytes: Buffer, at: number): void {
    this.left = bytes.readUInt32BE(at);
    this.right = bytes.readUInt32BE(at + 4);
    this.turn();
    bytes.writeUInt32BE(this.left >>> 0, at);
    bytes.writeUInt32BE(this.right >>> 0, at + 4);
  }

  private turn(): void {
    const { p, s } = this;
    let left = this.left;
    let right = this.right;
    for (let round = 0; round < ROUNDS; round += 2) {
      left ^= p[round]!;
      right ^=
        (((s[left >>> 24]! + s[BOX + ((left >>> 16) & 255)]!) ^ s[2 * BOX + ((left >>> 8) & 255)]!) +
          s[3 * BOX + (left & 255)]!) |
        0;
      right ^= p[round + 1]!;
      left ^=
        (((s[right >>> 24]! + s[BOX + ((right >>> 16) & 255)]!) ^ s[2 * BOX + ((right >>> 8) & 255)]!) +
          s[3 * BOX + (right & 255)]!) |
        0;
    }
    this.left = right ^ p[ROUNDS + 1]!;
    this.right = left ^ p[ROUNDS]!;
  }
}

/** Four bytes from `at`, starting again at the front where the bytes end. */
function word(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let offset = 0; offset < 4; offset++) value = (value << 8) | bytes[(at + offset) % bytes.length]!;
  return value;
}

/** The tables are the binary digits of pi after its point, so they are computed: pi = 16 atan(1/5) - 4 atan(1/239). */
function fractionOfPi(words: number): Uint32Array {
  const bits = BigInt(words * 32);
  const guard = 64n;
  const one = 1n << (bits + guard);
  const pi = (16n * arctangent(5n, one) - 4n * arctangent(239n, one)) >> guard;
  const hex = (pi & ((1n << bits) - 1n)).toString(16).padStart(words * 8, '0');
  return Uint32Array.from({ length: words }, (_, at) => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16));
}

function arctangent(inverse: bigint, one: bigint): bigint {
  const square = inverse * inverse;
  let term = one / inverse;
  let sum = term;
  for (let n = 3n; term !== 0n; n += 2n) {
    term = -term / square;
    sum += term / n;
  }
  return sum;
}
