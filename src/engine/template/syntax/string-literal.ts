import { SIMPLE_ESCAPES } from './escapes.ts';
import { SyntaxFault } from './token.ts';

/** A line end after a backslash stands for nothing. */
const SIMPLE: ReadonlyMap<string, string> = new Map([...SIMPLE_ESCAPES, ['\n', '']]);
const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g;

/**
 * The text of a quoted string token. With `literal`, a backslash stands for itself, except before the quote.
 * An unknown escape keeps its backslash, as in Python.
 */
export function decodeString(quoted: string, literal: boolean, offset: number): string {
  const body = quoted.slice(1, -1).replace(/\r\n?/g, '\n');
  if (!body.includes('\\')) return body;
  if (literal) return body.replaceAll(`\\${quoted[0]}`, quoted[0] ?? '');
  return body.replace(ESCAPE, (whole, octal?: string, byte?: string, short?: string, long?: string, char?: string) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
    const code = Number.parseInt(byte ?? short ?? long ?? '', 16);
    if (code > 0x10ffff) throw new SyntaxFault('illegal Unicode character in a string', offset);
    if (!Number.isNaN(code)) return String.fromCodePoint(code);
    if (char === 'x' || char === 'u' || char === 'U')
      throw new SyntaxFault(`truncated \\${char} escape in a string`, offset);
    return SIMPLE.get(char ?? '') ?? whole;
  });
}
