import type { Counts, Outcome } from '../../journal/story/types.ts';
import { OUTCOMES } from '../words.ts';

/** A path of an SVG picture with the colour that its shade has. */
export interface Painted {
  readonly shade: Outcome;
  readonly d: string;
}

/** Parts of a bar of 1000 by 10 that are as wide as the counts are high. */
export function shares(counts: Counts): Painted[] {
  const total = OUTCOMES.reduce((sum, status) => sum + counts[status], 0);
  let x = 0;
  return OUTCOMES.filter((shade) => counts[shade] > 0).map((shade) => {
    const width = (counts[shade] / total) * 1000;
    const d = rectangle(x, 0, width, 10);
    x += width;
    return { shade, d };
  });
}

/** A cell of one by one for each host, those with the same shade joined. */
export function cellStrip(shades: readonly (Outcome | undefined)[]): Painted[] {
  const paths = new Map<Outcome, string>();
  for (let from = 0; from < shades.length; ) {
    const shade = shades[from];
    let to = from + 1;
    while (to < shades.length && shades[to] === shade) to++;
    if (shade) paths.set(shade, (paths.get(shade) ?? '') + rectangle(from, 0, to - from, 1));
    from = to;
  }
  return [...paths].map(([shade, d]) => ({ shade, d }));
}

export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h-${short(width)}z`;
}

/** Tenths are finer than anybody sees. */
export function short(number: number): string {
  return String(Math.round(number * 10) / 10);
}
