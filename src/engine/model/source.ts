/** Where a text stands: line and column count from 1. `file` is as the user named it, or `<command line>`. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `site.yml:12:7`, the form in which every message names a place. */
export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
