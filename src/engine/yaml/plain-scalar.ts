import { COLON, HASH, isBlank, isBlankOrEnd, isFlowIndicator, NEWLINE } from './characters.ts';
import type { Reader } from './reader.ts';

/**
 * Reads an unquoted scalar and leaves the reader behind its last character. Lines indented deeper than `indent`
 * continue it; in flow context any line does. Line ends fold to a space, empty lines stay.
 */
export function readPlain(reader: Reader, indent: number, inFlow: boolean): string {
  let value = readPlainLine(reader, inFlow);
  for (;;) {
    const gap = findContinuation(reader, indent, inFlow);
    if (!gap) return value;
    reader.line += gap.breaks;
    reader.lineStart = gap.lineStart;
    reader.pos = gap.pos;
    value += (gap.breaks === 1 ? ' ' : '\n'.repeat(gap.breaks - 1)) + readPlainLine(reader, inFlow);
  }
}

/** The part of the scalar on this line, without the blanks behind it. */
function readPlainLine(reader: Reader, inFlow: boolean): string {
  const { text, pos: start } = reader;
  let end = start;
  let blankBefore = false;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      blankBefore = true;
      continue;
    }
    if (code === NEWLINE || Number.isNaN(code)) break;
    if (code === HASH && blankBefore) break;
    if (code === COLON && endsAtColon(text.charCodeAt(at + 1), inFlow)) break;
    if (inFlow && isFlowIndicator(code)) break;
    blankBefore = false;
    end = at + 1;
  }
  reader.pos = end;
  return text.slice(start, end);
}

interface Gap {
  readonly breaks: number;
  readonly pos: number;
  readonly lineStart: number;
}

/** The start of the line that continues the scalar, if one does. Moves nothing. */
function findContinuation(reader: Reader, indent: number, inFlow: boolean): Gap | undefined {
  const { text } = reader;
  let at = skipBlanks(text, reader.pos);
  if (text.charCodeAt(at) !== NEWLINE) return undefined;
  let breaks = 0;
  let lineStart = at;
  while (text.charCodeAt(at) === NEWLINE) {
    breaks++;
    lineStart = at + 1;
    at = skipBlanks(text, lineStart);
  }
  const code = text.charCodeAt(at);
  if (Number.isNaN(code) || code === HASH) return undefined;
  if (!inFlow && at - lineStart <= indent) return undefined;
  if (at === lineStart && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at, at + 4))) return undefined;
  if (code === COLON && endsAtColon(text.charCodeAt(at + 1), inFlow)) return undefined;
  if (inFlow && isFlowIndicator(code)) return undefined;
  return { breaks, pos: at, lineStart };
}

function endsAtColon(next: number, inFlow: boolean): boolean {
  return isBlankOrEnd(next) || (inFlow && isFlowIndicator(next));
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}
