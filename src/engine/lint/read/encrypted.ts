import { readFileSync } from 'node:fs';
import type { Decryption } from '../../model/decryption.ts';
import type { Position } from '../../model/source.ts';
import { Deferred } from '../../model/value.ts';
import { isVaulted } from '../../vault/envelope.ts';

/** A `!vault` text: it stands for something that lint does not decrypt. */
class Encrypted extends Deferred {
  readonly text = 'encrypted';
  readonly position: Position;

  constructor(position: Position) {
    super();
    this.position = position;
  }

  evaluate(): string {
    return '';
  }
}

/** Lint asks for no passwords: an encrypted file counts as empty, since nothing can be known of it. */
export const LOCKED: Decryption = {
  ready: false,
  file: (content) => (isVaulted(content) ? Buffer.alloc(0) : content),
  text: (_text, position) => new Encrypted(position),
  gave: () => false,
  conceal: () => undefined,
};

/** Content of a file; an encrypted one counts as empty. */
export function readPlain(path: string): Buffer {
  return LOCKED.file(readFileSync(path), path);
}
