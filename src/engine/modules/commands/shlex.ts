import { TsplayError } from '../../model/errors.ts';

/**
 * Cuts a command into its words by the quoting rules of a POSIX shell: blanks part words, single quotes keep all,
 * double quotes keep all but a backslash before `"` or itself. Nothing is expanded. Throws TsplayError for an open quote.
 */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === "'" || char === '"') {
      const quoted = readQuoted(text, at);
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else if (char === '\\') {
      if (at + 1 >= text.length) throw new TsplayError('module', 'No escaped character');
      at += 1;
      word = (word ?? '') + text[at]!;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** From the opening quote; `end` is the place of the closing one. */
function readQuoted(text: string, start: number): { text: string; end: number } {
  const quote = text[start]!;
  let read = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === quote) return { text: read, end: at };
    const next = text[at + 1];
    if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
      read += next;
      at += 1;
    } else read += char;
  }
  throw new TsplayError('module', 'No closing quotation', { hint: 'close the quote, or give the words as `argv`' });
}
