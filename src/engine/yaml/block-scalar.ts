import type { Position } from '../model/source.ts';
import { DASH, HASH, isBlank, NEWLINE, PLUS, SPACE, TAB } from './characters.ts';
import type { Reader } from './reader.ts';

interface Header {
  readonly literal: boolean;
  readonly chomp: 'strip' | 'clip' | 'keep';
  /** The indentation given by a digit, relative to the enclosing block. */
  readonly indent: number | undefined;
}

/** Reads `|` or `>` and its text, and where that begins; `parentIndent` is the column of the enclosing block, -1 at the top. */
export function readBlockScalar(reader: Reader, parentIndent: number): { text: string; position: Position } {
  const header = readHeader(reader);
  const { file, line } = reader;
  let breaks = '';
  let indent: number;
  if (header.indent === undefined) {
    const found = findIndent(reader, parentIndent);
    indent = found.indent;
    breaks = found.breaks;
  } else {
    indent = Math.max(parentIndent, 0) + header.indent;
    breaks = skipEmptyLines(reader, indent);
  }
  return { text: readLines(reader, header, indent, breaks), position: { file, line, column: indent + 1 } };
}

function readHeader(reader: Reader): Header {
  const literal = reader.text[reader.pos++] === '|';
  let chomp: Header['chomp'] = 'clip';
  let indent: number | undefined;
  for (;;) {
    const code = reader.code();
    if (code === PLUS || code === DASH) chomp = code === PLUS ? 'keep' : 'strip';
    else if (code > 48 && code <= 57) indent = code - 48;
    else break;
    reader.pos++;
  }
  while (isBlank(reader.code())) reader.pos++;
  if (reader.code() === HASH) {
    const end = reader.text.indexOf('\n', reader.pos);
    reader.pos = end < 0 ? reader.text.length : end;
  }
  if (reader.code() === NEWLINE) {
    reader.pos++;
    reader.startLine();
  } else if (reader.pos < reader.text.length) {
    reader.fail(
      `text may not stand on the line of "${literal ? '|' : '>'}"`,
      'begin it on the next line, indented; or quote the value',
    );
  }
  return { literal, chomp, indent };
}

/** The indentation of the first line with text, and the line ends before it. */
function findIndent(reader: Reader, parentIndent: number): { indent: number; breaks: string } {
  let deepest = 0;
  let breaks = '';
  for (;;) {
    while (reader.code() === SPACE) reader.pos++;
    deepest = Math.max(deepest, reader.column);
    if (reader.code() !== NEWLINE) break;
    breaks += '\n';
    reader.pos++;
    reader.startLine();
  }
  if (reader.code() === TAB && reader.column <= parentIndent + 1) {
    reader.fail('a tab is used for indentation', 'indent with spaces');
  }
  return { indent: Math.max(deepest, parentIndent + 1, 1), breaks };
}

/** Goes past empty lines and into the next line, up to `indent`; gives the line ends. */
function skipEmptyLines(reader: Reader, indent: number): string {
  let breaks = '';
  for (;;) {
    while (reader.column < indent && reader.code() === SPACE) reader.pos++;
    if (reader.code() !== NEWLINE) return breaks;
    breaks += '\n';
    reader.pos++;
    reader.startLine();
  }
}

function readLines(reader: Reader, header: Header, indent: number, leading: string): string {
  const { text } = reader;
  let value = '';
  let lineEnd = '';
  let breaks = leading;
  let deeperBefore = false;
  while (reader.column === indent && reader.pos < text.length) {
    const deeper = isBlank(reader.code());
    const fold = !header.literal && lineEnd !== '' && !deeperBefore && !deeper;
    value += fold ? (breaks === '' ? ' ' : breaks) : lineEnd + breaks;
    deeperBefore = deeper;
    const end = text.indexOf('\n', reader.pos);
    value += text.slice(reader.pos, end < 0 ? text.length : end);
    lineEnd = end < 0 ? '' : '\n';
    reader.pos = end < 0 ? text.length : end + 1;
    if (end >= 0) reader.startLine();
    breaks = skipEmptyLines(reader, indent);
  }
  if (header.chomp === 'strip') return value;
  return header.chomp === 'keep' ? value + lineEnd + breaks : value + lineEnd;
}
