import { printable } from '../printable.ts';
import { cut, displayWidth } from '../width.ts';
import { wrapText } from '../wrap.ts';
import type { Paint, Theme } from './theme.ts';

/** What every part of the picture needs to know to draw itself. */
export interface Frame {
  readonly theme: Theme;
  /** Columns there are. */
  readonly width: number;
  /** Number of `-v`. */
  readonly verbosity: number;
  /** Lines of a source file, secrets hidden; undefined if it cannot be read. */
  readonly source: (file: string) => readonly string[] | undefined;
  /** A path as the user would write it. */
  readonly path: (file: string) => string;
}

/** A piece of a line with its colour. */
export interface Span {
  readonly text: string;
  readonly paint?: Paint | undefined;
}

/** One line of pieces, cut to the width: colours never count. */
export function joinSpans(spans: readonly Span[], width: number): string {
  let left = width;
  let line = '';
  for (const { text, paint } of spans) {
    if (left <= 0) break;
    const shown = cut(text, left);
    left -= displayWidth(shown);
    line += paint && shown !== '' ? paint(shown) : shown;
  }
  return line;
}

/** Text of a host or a file: on one line, nothing in it acts. */
export function inline(text: string): string {
  return printable(text, { multiline: false });
}

/** Paragraphs filled to the width behind an indentation; line ends stay. */
export function paragraph(text: string, { width }: Frame, indent: string, paint: Paint = (same) => same): string[] {
  const room = Math.max(10, width - displayWidth(indent));
  return printable(text.trimEnd())
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [''] : hanging(line, room)))
    .map((line) => (line === '' ? '' : indent + paint(line)));
}

/** A line that fits stays as it is, with its blanks; a longer one is filled, behind its own indentation. */
function hanging(line: string, room: number): string[] {
  const tabless = line.replaceAll('\t', '    ');
  if (displayWidth(tabless) <= room) return [tabless];
  const own = /^ */.exec(tabless)![0].slice(0, Math.floor(room / 2));
  return wrapText(tabless, room - own.length).map((part) => own + part);
}
