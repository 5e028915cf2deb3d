import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Content } from '../model/change.ts';

/** A digest that tells nothing of the content to whoever has not the key. */
export type Digest = (content: Uint8Array) => string;

/** Hex digits that are kept of a digest. */
const LENGTH = 32;

/** Of a text. `kind` keeps apart what digests of the same text are of. */
export function textDigest(digest: Digest, kind: string, text: string): string {
  return digest(Buffer.from(`${kind}\0${text}`)).slice(0, LENGTH);
}

/** Of the content of a file, wherever it stands. */
export function bytesDigest(digest: Digest, bytes: Uint8Array): string {
  return textDigest(digest, 'content', createHash('sha256').update(bytes).digest('hex'));
}

/** The same of content that may be a file of the controller, too large to be held. */
export function contentDigest(digest: Digest, content: Content): { readonly digest: string; readonly size: number } {
  if ('bytes' in content) return { digest: bytesDigest(digest, content.bytes), size: content.bytes.length };
  return { digest: textDigest(digest, 'content', fileSha256(content.file)), size: content.size };
}

const CHUNK = 1 << 20;

function fileSha256(path: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(CHUNK);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(file, buffer, 0, CHUNK, null);
      if (length === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}
