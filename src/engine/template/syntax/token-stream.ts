import { SyntaxFault, type Token, type TokenKind } from './token.ts';

/** The tokens of a template with a reading place. */
export class TokenStream {
  private readonly tokens: readonly Token[];
  private at = 0;
  /** How deep expressions and blocks are nested here. */
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get current(): Token {
    return this.tokens[this.at] as Token;
  }

  look(): Token {
    return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.current;
    if (token.kind !== 'eof') this.at += 1;
    return token;
  }

  is(kind: TokenKind, text?: string): boolean {
    const { current } = this;
    return current.kind === kind && (text === undefined || current.text === text);
  }

  isName(...names: string[]): boolean {
    return this.current.kind === 'name' && names.includes(this.current.text);
  }

  skip(kind: TokenKind, text?: string): boolean {
    if (!this.is(kind, text)) return false;
    this.next();
    return true;
  }

  expect(kind: TokenKind, text?: string): Token {
    if (this.is(kind, text)) return this.next();
    throw this.fault(
      `expected ${text === undefined ? describeKind(kind) : `'${text}'`}, got ${describe(this.current)}`,
    );
  }

  fault(message: string, offset = this.current.offset, hint?: string): SyntaxFault {
    return new SyntaxFault(message, offset, hint);
  }

  /** Runs a part of the parser, refusing a depth that would exhaust the stack. */
  nested<T>(parse: () => T): T {
    if (++this.depth > 200) throw this.fault('the template is nested too deeply');
    const result = parse();
    this.depth -= 1;
    return result;
  }
}

export function describe(token: Token): string {
  if (token.kind === 'eof') return 'the end of the template';
  if (token.kind === 'variable-end' || token.kind === 'block-end') return `the end of the tag '${token.text}'`;
  return `'${token.text}'`;
}

function describeKind(kind: TokenKind): string {
  if (kind === 'block-end') return 'the end of the tag';
  return kind === 'variable-end' ? "'}}'" : `a ${kind}`;
}
