/**
 * Cuts one output stream into data and markers. A marker is `NONCE:TEXT;\n`, where the host's programs cannot know
 * the nonce; all other bytes are data, whatever they are. Chunks may break anywhere.
 */
export class MarkerReader {
  #tail: Buffer = Buffer.alloc(0);
  readonly #nonce: Buffer;
  readonly #onData: (chunk: Buffer) => void;
  readonly #onMarker: (text: string) => void;

  constructor(nonce: string, onData: (chunk: Buffer) => void, onMarker: (text: string) => void) {
    this.#nonce = Buffer.from(`${nonce}:`);
    this.#onData = onData;
    this.#onMarker = onMarker;
  }

  push(chunk: Buffer): void {
    let rest = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    for (;;) {
      const start = rest.indexOf(this.#nonce);
      if (start < 0) break;
      const end = rest.indexOf(';\n', start + this.#nonce.length);
      if (start > 0) this.#onData(rest.subarray(0, start));
      if (end < 0) {
        this.#tail = rest.subarray(start);
        return;
      }
      const text = rest.toString('latin1', start + this.#nonce.length, end);
      rest = rest.subarray(end + 2);
      this.#onMarker(text);
    }
    const held = this.#prefixAtEnd(rest);
    if (rest.length > held) this.#onData(rest.subarray(0, rest.length - held));
    this.#tail = rest.subarray(rest.length - held);
  }

  /** How many bytes at the end may be the beginning of a marker. */
  #prefixAtEnd(bytes: Buffer): number {
    const longest = Math.min(bytes.length, this.#nonce.length - 1);
    for (let from = bytes.length - longest; from < bytes.length; from++) {
      if (bytes[from] !== this.#nonce[0]) continue;
      const length = bytes.length - from;
      if (bytes.compare(this.#nonce, 0, length, from) === 0) return length;
    }
    return 0;
  }
}
