import { readFileSync } from 'node:fs';
import type { Decryption } from '../../model/decryption.ts';
import type { Position } from '../../model/source.ts';
import { Deferred, type Raw } from '../../model/value.ts';
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
export class Locked implements Decryption {
  readonly ready = false;
  /** Whether there was an encrypted file. */
  met = false;

  file(content: Buffer): Buffer {
    if (!isVaulted(content)) return content;
    this.met = true;
    return Buffer.alloc(0);
  }

  text(_text: string, position: Position): Raw {
    return new Encrypted(position);
  }

  gave(): boolean {
    return false;
  }

  conceal(): void {}
}

export const LOCKED: Decryption = new Locked();

/** Content of a file; an encrypted one counts as empty. */
export function readPlain(path: string): Buffer {
  return LOCKED.file(readFileSync(path), path);
}
