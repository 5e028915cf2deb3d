import { cut, padded } from '../width.ts';
import { duration } from './clock.ts';
import { type Frame, inline } from './frame.ts';

const MOST = 10;
const LONGEST_BAR = 24;
/** Milliseconds; what is quicker is no reason for anything. */
const WORTH = 100;

/** The tasks that took longest, with bars; nothing if none took long. */
export function slowestLines(times: ReadonlyMap<string, number>, { theme, width }: Frame): string[] {
  const slowest = [...times]
    .filter(([, time]) => time >= WORTH)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST);
  if (slowest.length === 0) return [];
  const bar = Math.min(LONGEST_BAR, Math.max(0, width - 40));
  const room = Math.max(10, Math.min(60, width - bar - 14));
  const longest = slowest[0]![1];
  return slowest.map(([name, time]) => {
    const strokes = Math.max(1, Math.round((time / longest) * bar));
    const label = padded(cut(inline(name), room), bar > 0 ? Math.min(room, 44) : 0);
    return `  ${theme.faint(duration(time).padStart(7))}  ${label}  ${bar > 0 ? theme.title(theme.bar.repeat(strokes)) : ''}`.trimEnd();
  });
}
