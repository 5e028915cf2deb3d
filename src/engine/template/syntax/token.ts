import type { Value } from '../../model/value.ts';
import type { Expression } from './ast.ts';

/**
 * `begin` and `end` are the delimiters of `{{ }}` and `{% %}`; `op` is an operator or bracket; `expression` is one that is
 * parsed already.
 */
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
  | 'expression'
  | 'eof';

export interface Token {
  readonly kind: TokenKind;
  /** Source text; the decoded text of a string. */
  readonly text: string;
  /** The value of a number. */
  readonly value?: Value;
  /** The expression of a token that is one. */
  readonly node?: Expression;
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
