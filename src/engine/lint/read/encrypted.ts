import { readFileSync } from 'node:fs';
import type { Position } from '../../model/source.ts';
import { Deferred } from '../../model/value.ts';

const HEADER = '$ANSIBLE_VAULT;';

/** A `!vault` text: it stands for something that lint does not decrypt. */
export class Encrypted extends Deferred {
  readonly text = 'encrypted';
  readonly position: Position | undefined;

  constructor(position: Position | undefined) {
    super();
    this.position = position;
  }

  evaluate(): string {
    return '';
  }
}

/** Content of a file; an encrypted one counts as empty, since nothing can be known of it. */
export function readPlain(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes.subarray(0, HEADER.length).toString('latin1') === HEADER ? Buffer.alloc(0) : bytes;
}
