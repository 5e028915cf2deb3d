/** Output of one stream that is kept up to a limit; what comes after is counted and dropped. */
export class Sink {
  #chunks: Buffer[] = [];
  #size = 0;
  readonly #limit: number;
  /** Bytes were dropped. */
  truncated = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    const room = this.#limit - this.#size;
    if (chunk.length > room) this.truncated = true;
    if (room <= 0) return;
    // A copy of small pieces, so that a few bytes do not keep a whole network buffer in memory.
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#chunks.push(kept.length * 4 < kept.buffer.byteLength ? Buffer.from(kept) : kept);
    this.#size += kept.length;
  }

  bytes(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks, this.#size)];
    return this.#chunks[0] as Buffer;
  }
}
