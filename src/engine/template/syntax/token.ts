import type { Value } from '../../model/value.ts';

/** `begin` and `end` are the delimiters of `{{ }}` and `{% %}`; `op` is an operator or bracket. */
export type TokenKind =
  | 'data'
  | 'variable-begin'
  | 'variable-end'
  | 'block-begin'
  | 'block-end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'op'
  | 'eof';

export interface Token {
  readonly kind: TokenKind;
  /** Source text; the decoded text of a string. */
  readonly text: string;
  /** The value of a number. */
  readonly value?: Value;
  readonly offset: number;
}

/** A mistake in a template's text, by its offset there. */
export class SyntaxFault extends Error {
  readonly offset: number;
  readonly hint: string | undefined;
  constructor(message: string, offset: number, hint?: string) {
    super(message);
    this.offset = offset;
    this.hint = hint;
  }
}
