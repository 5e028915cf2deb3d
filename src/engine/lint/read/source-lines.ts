import { readFileSync } from 'node:fs';
import type { Position } from '../../model/source.ts';

/** Lines of files, for rules that must see how something is written. */
export class SourceLines {
  private readonly files = new Map<string, readonly string[]>();

  /** The line of a place; empty where there is none. */
  at({ file, line }: Position): string {
    let lines = this.files.get(file);
    if (!lines) {
      lines = linesOf(file);
      this.files.set(file, lines);
    }
    return lines[line - 1] ?? '';
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return []; // Named by a message, and not there.
  }
}
