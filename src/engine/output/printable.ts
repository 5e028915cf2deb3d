/**
 * Control bytes, C1, bidirectional marks and invisible characters as visible escapes: a host's text can neither drive
 * the terminal nor forge a line of the report. Line ends and tabs stay where `multiline` says so. What JSON leaves as
 * it is becomes `\uXXXX`, so that a JSON text stays one.
 */
export function printable(text: string, { multiline = true } = {}): string {
  const unsafe = multiline ? UNSAFE : UNSAFE_LINE;
  return unsafe.test(text) ? text.replace(multiline ? EVERY_UNSAFE : EVERY_UNSAFE_LINE, visible) : text;
}

// Marks of direction, joiners that join nothing, byte order marks, annotations, tags.
const HIDDEN =
  '\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';
const UNSAFE = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${HIDDEN}]`, 'u');
const UNSAFE_LINE = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f${HIDDEN}]`, 'u');
const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu');
const EVERY_UNSAFE_LINE = new RegExp(UNSAFE_LINE, 'gu');

const SHORT = new Map([
  ['\r', '\\r'],
  ['\n', '\\n'],
  ['\t', '\\t'],
]);

function visible(character: string): string {
  const short = SHORT.get(character);
  if (short) return short;
  const code = character.codePointAt(0)!;
  if (code < 0x20) return `\\x${code.toString(16).padStart(2, '0')}`;
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
