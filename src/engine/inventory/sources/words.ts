export interface Word {
  readonly text: string;
  /** Where it begins in the line, counted from 0. */
  readonly at: number;
}

/**
 * Splits a line as a POSIX shell does: quotes, backslashes, and `#` for a comment, even within a word.
 * Gives undefined for a quote that is not closed.
 */
export function splitWords(line: string): Word[] | undefined {
  const words: Word[] = [];
  let text: string | undefined;
  let start = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (/\s/.test(char)) {
      if (text !== undefined) words.push({ text, at: start });
      text = undefined;
      continue;
    }
    if (char === '#') break;
    if (text === undefined) start = at;
    text ??= '';
    if (char === "'" || char === '"') {
      const quoted = readQuoted(line, at);
      if (!quoted) return undefined;
      text += quoted.text;
      at = quoted.end;
    } else if (char === '\\') {
      if (++at >= line.length) return undefined;
      text += line[at];
    } else {
      text += char;
    }
  }
  if (text !== undefined) words.push({ text, at: start });
  return words;
}

function readQuoted(line: string, start: number): { text: string; end: number } | undefined {
  const quote = line[start]!;
  let text = '';
  for (let at = start + 1; at < line.length; at++) {
    const char = line[at]!;
    if (char === quote) return { text, end: at };
    const next = line[at + 1];
    if (char === '\\' && quote === '"' && (next === '"' || next === '\\')) {
      text += next;
      at++;
    } else {
      text += char;
    }
  }
  return undefined;
}
