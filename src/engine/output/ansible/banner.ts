import { displayWidth } from '../width.ts';

const NARROWEST = 79;

/** Width of banners and wrapped messages; the narrowest where there is no terminal. */
export function lineWidth(columns: number | undefined): number {
  return Math.max(NARROWEST, (columns ?? 0) - 1);
}

/** `TASK [name] ****`, filled to the line's width. */
export function banner(text: string, columns: number | undefined): string {
  const stars = Math.max(3, lineWidth(columns) - displayWidth(text));
  return `\n${text} ${'*'.repeat(stars)}`;
}
