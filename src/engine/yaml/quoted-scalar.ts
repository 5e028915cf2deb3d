import type { Position } from '../model/source.ts';
import { BACKSLASH, DOUBLE_QUOTE, isBlank, NEWLINE, SINGLE_QUOTE } from './characters.ts';
import type { Reader } from './reader.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const CODE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** Reads a scalar in single or double quotes; the reader stands at the opening quote. */
export function readQuoted(reader: Reader): string {
  const start = reader.position();
  const quote = reader.code();
  reader.pos++;
  let value = '';
  for (;;) {
    value += readRun(reader, quote);
    const code = reader.code();
    if (code === quote) {
      reader.pos++;
      if (quote === DOUBLE_QUOTE || reader.code() !== SINGLE_QUOTE) return value;
      reader.pos++;
      value += "'";
    } else if (code === BACKSLASH) {
      value += readEscape(reader, start);
    } else if (code === NEWLINE) {
      value = trimBlanksRead(value, reader) + foldLines(reader);
    } else {
      failUnclosed(reader, quote, start);
    }
  }
}

/** Characters that stand for themselves. */
function readRun(reader: Reader, quote: number): string {
  const { text, pos: start } = reader;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote || code === NEWLINE || Number.isNaN(code)) break;
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) break;
    at++;
  }
  reader.pos = at;
  return text.slice(start, at);
}

/** Blanks before a line end fall away, but not those that came from an escape. */
function trimBlanksRead(value: string, reader: Reader): string {
  let blanks = 0;
  while (isBlank(reader.code(-1 - blanks)) && blanks < value.length) blanks++;
  // `\ ` before a line end: its last blank belongs to the escape.
  if (blanks > 0 && reader.code(-1 - blanks) === BACKSLASH && value.length > 0) blanks = keepEscaped(reader, blanks);
  return value.slice(0, value.length - blanks);
}

function keepEscaped(reader: Reader, blanks: number): number {
  let slashes = 0;
  while (reader.code(-1 - blanks - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1 ? blanks - 1 : blanks;
}

/** At a line end: goes to the next text; one line end is a space, more are one fewer. */
function foldLines(reader: Reader): string {
  const breaks = skipLineEnds(reader);
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}

function skipLineEnds(reader: Reader): number {
  let breaks = 0;
  while (reader.code() === NEWLINE) {
    breaks++;
    reader.pos++;
    reader.startLine();
    if (reader.atDocumentMarker()) reader.fail('a document ends within quotes', 'close the quotes');
    while (isBlank(reader.code())) reader.pos++;
  }
  return breaks;
}

function readEscape(reader: Reader, start: Position): string {
  const at = reader.position();
  const letter = reader.text[reader.pos + 1];
  if (letter === undefined) failUnclosed(reader, DOUBLE_QUOTE, start);
  reader.pos++;
  if (letter === '\n') return '\n'.repeat(skipLineEnds(reader) - 1);
  reader.pos++;
  const plain = ESCAPES.get(letter);
  if (plain !== undefined) return plain;
  const length = CODE_LENGTHS.get(letter);
  if (length === undefined) {
    reader.fail(
      `unknown escape "\\${letter}" within double quotes`,
      'write "\\\\" for a backslash, or use single quotes',
      at,
    );
  }
  const digits = reader.text.slice(reader.pos, reader.pos + length);
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Infinity;
  if (code > 0x10ffff) reader.fail(`"\\${letter}" needs ${length} hexadecimal digits of a character`, undefined, at);
  reader.pos += length;
  return String.fromCodePoint(code);
}

function failUnclosed(reader: Reader, quote: number, start: Position): never {
  const name = quote === SINGLE_QUOTE ? 'single' : 'double';
  reader.fail(`a ${name} quote is never closed`, 'close it, or escape a quote that belongs to the text', start);
}
