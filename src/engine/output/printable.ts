/**
 * Control bytes, C1 and bidirectional marks as visible escapes: a host's text can neither drive the terminal nor forge
 * a line of the report. Line ends and tabs stay where `multiline` says so.
 */
export function printable(text: string, { multiline = true } = {}): string {
  const unsafe = multiline ? UNSAFE : UNSAFE_LINE;
  return text.replace(unsafe, visible);
}

const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g;
const UNSAFE_LINE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g;

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  if (character === '\r') return '\\r';
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
