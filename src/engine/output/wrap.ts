import { displayWidth } from './width.ts';

/**
 * Fills lines with words, as Python's textwrap does: white space of any kind is one place to break, words may break
 * after a hyphen, and what is longer than a line is cut.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [index, chunk] of chunksOf(text).entries()) {
    let rest = chunk.text;
    const gap = index > 0 && chunk.spaced ? 1 : 0;
    if (line !== '' && used + gap + displayWidth(rest) > width) {
      // A word that fits on no line begins on this one.
      if (displayWidth(rest) <= width || used + gap >= width) {
        lines.push(line);
        line = '';
        used = 0;
      }
    }
    if (line !== '' && gap) {
      line += ' ';
      used++;
    }
    while (used + displayWidth(rest) > width) {
      const head = fitting(rest, width - used);
      lines.push(line + head);
      rest = rest.slice(head.length);
      line = '';
      used = 0;
    }
    line += rest;
    used += displayWidth(rest);
  }
  if (line !== '') lines.push(line);
  return lines;
}

interface Chunk {
  readonly text: string;
  /** White space stands before it. */
  readonly spaced: boolean;
}

/** Words, and the parts of hyphenated ones. */
function chunksOf(text: string): Chunk[] {
  return text
    .trim()
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((word) =>
      word.split(/(?<=\w[^\W\d]-)(?=\w[^\W\d])/).map((part, index) => ({ text: part, spaced: index === 0 })),
    );
}

/** As many characters as fit, one at least. */
function fitting(text: string, columns: number): string {
  let head = '';
  for (const character of text) {
    if (head !== '' && displayWidth(head + character) > columns) break;
    head += character;
  }
  return head;
}
