import { displayWidth, padded } from './width.ts';

/** A column: its title, and on which side its cells stand. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Rows under titles in columns two spaces apart; `paint` may colour a cell once it has its width. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: (text: string, column: number, row: number | 'title') => string = (text) => text,
): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const line = (cells: readonly string[], row: number | 'title') =>
    columns
      .map(({ right }, index) => {
        const cell = cells[index] ?? '';
        const filled = right ? ' '.repeat(widths[index]! - displayWidth(cell)) + cell : padded(cell, widths[index]!);
        return paint(index === columns.length - 1 && !right ? cell : filled, index, row);
      })
      .join('  ')
      .trimEnd();
  return [
    line(
      columns.map(({ title }) => title),
      'title',
    ),
    ...rows.map((row, index) => line(row, index)),
  ];
}
