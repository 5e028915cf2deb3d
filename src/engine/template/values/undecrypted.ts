import type { TsplayError } from '../../model/errors.ts';
import { TracedUndefined } from './fail.ts';

/** An encrypted text that is not decrypted. It can be handed on; using it as a text is an error. */
export class Undecrypted extends TracedUndefined {
  readonly ciphertext: string;
  private readonly cause: TsplayError;

  constructor(ciphertext: string, cause: TsplayError) {
    super(cause.message);
    this.ciphertext = ciphertext;
    this.cause = cause;
  }

  error(): TsplayError {
    return this.cause;
  }

  /** So that `String(value)` is a use too: whoever wants a text gets the reason instead of one. */
  override toString(): string {
    throw this.cause;
  }
}
