import { checkSize, fail, textLength } from '../../values.ts';

export interface WrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
  readonly newline: string;
}

/** Wraps each line at words; lines that are there already stay. */
export function wrapText(text: string, options: WrapOptions): string {
  if (options.width <= 0) fail(`invalid width ${options.width} (must be > 0)`);
  checkSize(text.length * 2);
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => wrapLine(line, options).join(options.newline)).join(options.newline);
}

function wrapLine(line: string, options: WrapOptions): string[] {
  const lines: string[] = [];
  let current = '';
  for (const chunk of chunks(line, options)) {
    if (textLength(current + chunk) <= options.width) {
      current += chunk;
      continue;
    }
    let rest = chunk;
    if (options.breakLongWords && textLength(chunk) > options.width) {
      // A word longer than a line begins where there is room for some of it.
      const letters = Array.from(chunk);
      lines.push(current + letters.splice(0, options.width - textLength(current)).join(''));
      while (letters.length > options.width) lines.push(letters.splice(0, options.width).join(''));
      rest = letters.join('');
    } else if (current.trimEnd()) lines.push(current.trimEnd());
    current = rest.trim() === '' ? '' : rest;
  }
  if (current.trimEnd()) lines.push(current.trimEnd());
  return lines;
}

/** Words and the blanks between them, cut at hyphens where that is allowed. */
function chunks(line: string, { breakOnHyphens }: WrapOptions): string[] {
  const pieces = line.match(/\s+|\S+/g) ?? [];
  return breakOnHyphens
    ? pieces.flatMap((piece) => piece.match(/[^-]*[\p{L}\p{N}]-+(?=[\p{L}])|.+?$/gu) ?? [])
    : pieces;
}
