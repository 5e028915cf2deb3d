import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Decryption } from '../../engine/model/decryption.ts';

/** Digests of the files that a run was read from, by path. */
export class ContentDigests {
  private readonly digests = new Map<string, string>();

  /** A file that was read. */
  note(path: string, bytes: Buffer): void {
    this.digests.set(resolve(path), createHash('sha256').update(bytes).digest('hex'));
  }

  /** The same decryption, which all content passes through, with a note of what does. */
  through(decryption: Decryption): Decryption {
    return {
      get ready() {
        return decryption.ready;
      },
      file: (content, path) => {
        this.note(path, content);
        return decryption.file(content, path);
      },
      text: (text, position) => decryption.text(text, position),
      gave: (text) => decryption.gave(text),
      conceal: (variables) => decryption.conceal(variables),
    };
  }

  get all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.digests);
  }

  /** What is told of files that are not as they were; undefined if all are. */
  difference(before: Readonly<Record<string, string>>): string | undefined {
    const known = new Map(Object.entries(before));
    const parts = [
      ['changed', [...this.digests].filter(([path, digest]) => known.has(path) && known.get(path) !== digest)],
      ['new', [...this.digests].filter(([path]) => !known.has(path))],
      ['no longer read', [...known].filter(([path]) => !this.digests.has(path))],
    ] as const;
    const said = parts
      .filter(([, files]) => files.length > 0)
      .map(([what, files]) => `${what}: ${files.map(([path]) => path).join(', ')}`);
    return said.length === 0 ? undefined : said.join('; ');
  }
}
