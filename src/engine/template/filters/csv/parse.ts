import { fail } from '../../values.ts';

export interface CsvOptions {
  readonly delimiter?: string;
  readonly quote?: string;
  /** Blanks after a delimiter do not count. */
  readonly skipInitialSpace?: boolean;
}

/** Rows of a CSV text, as Python's csv module reads it: quoted fields may hold delimiters, newlines and doubled quotes. */
export function parseCsv(text: string, options: CsvOptions = {}): string[][] {
  const { delimiter = ',', quote = '"', skipInitialSpace = false } = options;
  if (delimiter.length !== 1) fail('"delimiter" must be a 1-character string');
  const rows: string[][] = [];
  let [row, field, quoted, started] = [[] as string[], '', false, false];
  const endField = () => {
    row.push(field);
    [field, started] = ['', false];
  };
  const endRow = () => {
    if (row.length > 0 || started) endField();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quoted) {
      if (char !== quote) field += char;
      else if (text[at + 1] === quote) field += text[++at]!;
      else quoted = false;
    } else if (char === quote && field === '') quoted = started = true;
    else if (char === delimiter) {
      endField();
      started = true;
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++;
      endRow();
    } else if (!(skipInitialSpace && char === ' ' && field === '')) {
      field += char;
      started = true;
    }
  }
  if (row.length > 0 || started) endRow();
  return rows;
}
