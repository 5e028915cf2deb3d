import { readFileSync } from 'node:fs';
import type { Position } from '../model/source.ts';

/** Where a mistake stands, in the form that scripts written for Ansible know: the place, the line, and a mark below it. */
export function placeText({ file, line, column }: Position): string {
  const place = `The error appears to be in '${file}': line ${line}, column ${column}, but may\nbe elsewhere in the file depending on the exact syntax problem.\n`;
  const [before, here] = linesAt(file, line);
  if (here === undefined) return place;
  const shown = [...(before ? [before] : []), here, `${' '.repeat(column - 1)}^ here`];
  return `${place}\nThe offending line appears to be:\n\n${shown.join('\n')}\n`;
}

function linesAt(file: string, line: number): [before: string | undefined, here: string | undefined] {
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/);
    return [lines[line - 2], lines[line - 1]];
  } catch {
    return [undefined, undefined]; // The place is named all the same.
  }
}
