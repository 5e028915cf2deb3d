import { displayWidth } from './width.ts';

/**
 * Fills lines with words, as Python's textwrap does: line ends are blanks like others, blanks between words stay as
 * many as they were unless the line breaks there, words may break after a hyphen, what is longer than a line is cut.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { text: word, blanks } of wordsOf(text)) {
    let rest = word;
    let gap = line === '' ? 0 : blanks;
    const fits = displayWidth(line) + gap + displayWidth(rest) <= width;
    // A word that fits on no line begins on this one.
    const begins = displayWidth(rest) > width && displayWidth(line) + gap < width;
    if (line !== '' && !fits && !begins) {
      lines.push(line);
      line = '';
      gap = 0;
    }
    line += ' '.repeat(gap);
    while (displayWidth(line) + displayWidth(rest) > width) {
      const head = fitting(rest, width - displayWidth(line));
      lines.push(line + head);
      rest = rest.slice(head.length);
      line = '';
    }
    line += rest;
  }
  return line === '' ? lines : [...lines, line];
}

interface Word {
  readonly text: string;
  /** Blanks before it. */
  readonly blanks: number;
}

/** Words, and the parts of hyphenated ones. */
function wordsOf(text: string): Word[] {
  const runs = text
    .trim()
    .replaceAll('\t', '        ')
    .replace(/\s/gu, ' ')
    .matchAll(/( *)([^ ]+)/g);
  return [...runs].flatMap(([, blanks, word]) =>
    word!
      .split(/(?<=\w[^\W\d]-)(?=\w[^\W\d])/)
      .map((part, index) => ({ text: part, blanks: index === 0 ? blanks!.length : 0 })),
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
