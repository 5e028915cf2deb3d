import type { Expression } from './ast.ts';
import { lexExpression, nextToken } from './expression-lexer.ts';
import { lex } from './lexer.ts';
import { YAML_SYNTAX } from './options.ts';
import { parseAlone } from './parse-expression.ts';
import { decodeString } from './string-literal.ts';
import { SyntaxFault, type Token } from './token.ts';

/** A string literal that `{{ }}` interrupts. */
interface OpenString {
  readonly quote: string;
  readonly offset: number;
  readonly parts: Expression[];
  text: string;
}

/**
 * The tokens of a condition. Where `{{ }}` stands in it, alone or within a string, its expression becomes one token, as
 * if what it prints had been written there.
 */
export function lexCondition(text: string): Token[] {
  const eof: Token = { kind: 'eof', text: '', offset: text.length };
  const parts = text.includes('{{') ? templateParts(text) : undefined;
  if (parts) return [...insert(parts), eof];
  const tokens: Token[] = [];
  lexExpression(text, 0, undefined, false, (token) => tokens.push(token));
  return [...tokens, eof];
}

/** Undefined for text that is no template after all: `'{{' in x`. */
function templateParts(text: string): Token[] | undefined {
  try {
    return lex(text, YAML_SYNTAX);
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
}

function insert(parts: readonly Token[]): Token[] {
  const tokens: Token[] = [];
  let open: OpenString | undefined;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as Token;
    if (part.kind === 'data') open = readText(part, open, tokens);
    if (part.kind !== 'variable-begin') continue;
    const end = parts.findIndex(({ kind }, index) => index > at && kind === 'variable-end');
    const last: Token = { ...(parts[end] as Token), kind: 'eof' };
    const value = parseAlone([...parts.slice(at + 1, end), last]);
    at = end;
    const { offset } = part;
    if (open) {
      open.parts.push(constant(open), { kind: 'inserted', value, quoted: true, offset });
      open.text = '';
    } else {
      tokens.push({ kind: 'expression', text: '{{', node: { kind: 'inserted', value, quoted: false, offset }, offset });
    }
  }
  if (open) throw new SyntaxFault('unterminated string', open.offset, `close it with ${open.quote}`);
  return tokens;
}

/** Reads tokens from text between `{{ }}`; the answer is the string that is open at its end. */
function readText(
  { text, offset: base }: Token,
  before: OpenString | undefined,
  tokens: Token[],
): OpenString | undefined {
  let open = before;
  let at = 0;
  while (at < text.length) {
    if (open) {
      at = readString(text, at, open);
      if (text[at] !== open.quote) break;
      const { offset } = open;
      const node: Expression = { kind: 'concat', parts: [...open.parts, constant(open)], offset };
      tokens.push({ kind: 'expression', text: open.quote, node, offset });
      open = undefined;
      at += 1;
    } else if (opensString(text, at)) {
      open = { quote: text[at] as string, offset: base + at, parts: [], text: '' };
      at += 1;
    } else {
      const { token, end } = nextToken(text, at, false);
      if (token) tokens.push({ ...token, offset: base + token.offset });
      at = end;
    }
  }
  return open;
}

/** Whether a string begins here that does not end in this text. */
function opensString(text: string, at: number): boolean {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return false;
  return readString(text, at + 1, { quote, offset: at, parts: [], text: '' }) >= text.length;
}

/** Adds the text of an open string up to its quote or the end; the answer is where that is. */
function readString(text: string, from: number, open: OpenString): number {
  let at = from;
  while (at < text.length && text[at] !== open.quote) at += text[at] === '\\' ? 2 : 1;
  open.text += text.slice(from, at);
  return at;
}

function constant({ quote, text, offset }: OpenString): Expression {
  return { kind: 'constant', value: decodeString(quote + text + quote, false, offset), offset };
}
