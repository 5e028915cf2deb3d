import { makeFloat, makeInt } from '../values/types.ts';
import { decodeString } from './string-literal.ts';
import { SyntaxFault, type Token } from './token.ts';

const SPACE = /\s+/y;
const NAME = /[\p{L}_][\p{L}\p{N}\p{Mn}\p{Mc}\p{Pc}]*/uy;
// A number directly behind a dot is an index: `item.1.2`.
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[+\-/*%~[\](){}><=.:|,;]/y;
const OPENING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** What ends an expression: a closing delimiter that stands outside of all brackets. Undefined: the end of the text. */
export type Closing = RegExp | undefined;

/**
 * Reads the tokens of an expression from `start` up to `closing` (a sticky expression).
 * @returns where `closing` begins
 */
export function lexExpression(
  source: string,
  start: number,
  closing: Closing,
  literalBackslashes: boolean,
  push: (token: Token) => void,
): number {
  const brackets: string[] = [];
  let at = start;
  while (at < source.length) {
    if (closing && brackets.length === 0) {
      closing.lastIndex = at;
      if (closing.test(source)) return at;
    }
    const token = nextToken(source, at, literalBackslashes);
    at = token.end;
    if (!token.token) continue;
    balance(token.token, brackets);
    push(token.token);
  }
  if (closing) throw new SyntaxFault('unexpected end of template: the tag is not closed', start);
  return at;
}

/** The token at that place, if it is no space, and where it ends. */
export function nextToken(source: string, at: number, literalBackslashes: boolean): { token?: Token; end: number } {
  const space = read(SPACE, source, at);
  if (space) return { end: at + space.length };
  const float = read(FLOAT, source, at);
  if (float) {
    const value = makeFloat(Number(float.replaceAll('_', '')));
    return { token: { kind: 'float', text: float, value, offset: at }, end: at + float.length };
  }
  const integer = read(INTEGER, source, at);
  if (integer) {
    const value = makeInt(BigInt(integer.replaceAll('_', '').toLowerCase()));
    return { token: { kind: 'integer', text: integer, value, offset: at }, end: at + integer.length };
  }
  const name = read(NAME, source, at);
  if (name) return { token: { kind: 'name', text: name, offset: at }, end: at + name.length };
  const quoted = read(STRING, source, at);
  if (quoted) {
    const text = decodeString(quoted, literalBackslashes, at);
    return { token: { kind: 'string', text, offset: at }, end: at + quoted.length };
  }
  const operator = read(OPERATOR, source, at);
  if (operator) return { token: { kind: 'op', text: operator, offset: at }, end: at + operator.length };
  const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (char === '"' || char === "'") throw new SyntaxFault('unterminated string', at, `close it with ${char}`);
  throw new SyntaxFault(`unexpected char '${char}'`, at);
}

function read(expression: RegExp, source: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(source)?.[0];
}

function balance({ kind, text, offset }: Token, brackets: string[]): void {
  if (kind !== 'op') return;
  const closing = OPENING.get(text);
  if (closing) {
    brackets.push(closing);
    return;
  }
  if (text !== ')' && text !== ']' && text !== '}') return;
  const expected = brackets.pop();
  if (expected === undefined) throw new SyntaxFault(`unexpected '${text}'`, offset);
  if (expected !== text) throw new SyntaxFault(`unexpected '${text}', expected '${expected}'`, offset);
}
