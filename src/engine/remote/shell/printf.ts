import { isUtf8 } from 'node:buffer';
import { quote } from '../quote.ts';

/**
 * A shell word that `printf %b` turns into exactly these bytes. `printf` is built in, so no argument list shows them.
 * NUL and other bytes that a shell may treat specially go as octal escapes.
 */
export function printfWord(bytes: Uint8Array): string {
  // Text in UTF-8 passes as it is; other bytes above 127 could not survive as a JavaScript string.
  const text = isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : Buffer.from(bytes).toString('latin1');
  const escaped = isUtf8(bytes)
    ? text.replace(/[\\\x00-\x08\x0b-\x1f\x7f]/g, octal)
    : text.replace(/[\\\x00-\x08\x0b-\x1f\x7f-\xff]/g, octal);
  return quote(escaped);
}

function octal(character: string): string {
  if (character === '\\') return '\\\\';
  return `\\0${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
