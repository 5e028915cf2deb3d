import type { Position } from '../../model/source.ts';
import { cut } from '../width.ts';
import { type Frame, inline } from './frame.ts';

const BEFORE = 1;
const AFTER = 4;

/** The lines of the source around a place, numbered, with a caret under the column; only the place if there is no source. */
export function excerpt(position: Position, frame: Frame, indent: string): string[] {
  const { theme, width, path } = frame;
  const place = `${indent}${theme.faint('at')} ${theme.strong(inline(`${path(position.file)}:${position.line}:${position.column}`))}`;
  const lines = frame.source(position.file);
  if (!lines || position.line > lines.length) return [place];
  const first = Math.max(1, position.line - BEFORE);
  const last = lastOf(lines, position);
  const digits = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const here = number === position.line;
    const text = cut(inline((lines[number - 1] ?? '').replaceAll('\t', '    ')), width - indent.length - digits - 5);
    const gutter = `${here ? '>' : ' '} ${String(number).padStart(digits)} ${theme.gutter} `;
    shown.push(
      `${indent}${here ? theme.status.failed(gutter) : theme.faint(gutter)}${here ? text : theme.faint(text)}`,
    );
    if (here) {
      const blank = `${' '.repeat(digits + 3)}${theme.gutter} `;
      shown.push(
        `${indent}${theme.faint(blank)}${' '.repeat(Math.max(0, position.column - 1))}${theme.status.failed('^')}`,
      );
    }
  }
  return [place, ...shown];
}

/** A few lines more, up to where the task ends: at a line that is less deep. Empty ones at the end say nothing. */
function lastOf(lines: readonly string[], { line, column }: Position): number {
  let last = line;
  for (let number = line + 1; number <= Math.min(lines.length, line + AFTER); number++) {
    const depth = lines[number - 1]!.search(/\S/);
    if (depth >= 0 && depth < column - 1) break;
    if (depth >= 0) last = number;
  }
  return last;
}
