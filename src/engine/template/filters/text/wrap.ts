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
    if (current.trimEnd()) lines.push(current.trimEnd());
    current = chunk.trim() === '' ? '' : chunk;
  }
  if (current.trimEnd()) lines.push(current.trimEnd());
  return lines;
}

/** Words and the blanks between them; hyphens and long words cut where that is allowed. */
function chunks(line: string, { width, breakLongWords, breakOnHyphens }: WrapOptions): string[] {
  const pieces = line.match(/\s+|\S+/g) ?? [];
  const parts = breakOnHyphens
    ? pieces.flatMap((piece) => piece.match(/[^-]*[\p{L}\p{N}]-+(?=[\p{L}])|.+?$/gu) ?? [])
    : pieces;
  if (!breakLongWords) return parts;
  return parts.flatMap((part) => (textLength(part) > width ? cut(Array.from(part), width) : [part]));
}

function cut(letters: string[], width: number): string[] {
  return Array.from({ length: Math.ceil(letters.length / width) }, (_, index) =>
    letters.slice(index * width, (index + 1) * width).join(''),
  );
}
