import type { Position } from './source.ts';
import type { Raw } from './value.ts';

/** What reading trusted content does with what is encrypted in it. */
export interface Decryption {
  /** Whether there are any secrets to decrypt with. */
  readonly ready: boolean;
  /** Content of a file: as it is, or decrypted where it is encrypted. Throws TsplayError of kind `vault`. */
  file(content: Buffer, path: string): Buffer;
  /** What a `!vault` text stands for; it is decrypted when it is used. */
  text(text: string, position: Position): Raw;
  /** Whether a text is what a `!vault` one gave. */
  gave(text: string): boolean;
  /** The variables of an encrypted file were read: what they hold is secret. */
  conceal(variables: Raw): void;
}
