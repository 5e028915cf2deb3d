import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const css = readFileSync('src/engine/report/html/style.css', 'utf8');
const [light = '', dark = '', print = ''] = [...css.matchAll(/:root \{(.*?)\}/gs)].map(([, body]) => body ?? '');

/** Colours by name; a later scheme says only what it changes. */
function colors(...bodies: readonly string[]): Map<string, string> {
  return new Map(
    bodies.flatMap((body) =>
      [...body.matchAll(/--([\w-]+): (#[0-9a-f]{3,6})/g)].map(([, name, color]) => [name!, color!]),
    ),
  );
}

function luminance(color: string): number {
  const full = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const SCHEMES = [
  { scheme: 'light', known: colors(light) },
  { scheme: 'dark', known: colors(light, dark) },
  { scheme: 'print', known: colors(light, print) },
];
const WORDS = ['text', 'quiet', 'accent', 't-ok', 't-changed', 't-failed', 't-unreachable', 't-unknown'];
const GROUNDS = ['bg', 'card'];
const PAIRS = [
  ...WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground])),
  ...['added', 'removed', 'hunk', 'code'].map((ground) => ['text', ground]),
  ...['hunk', 'code'].map((ground) => ['quiet', ground]),
];

describe('text of the page can be read', () => {
  test.each(SCHEMES)('$scheme', ({ known }) => {
    expect(known.size).toBeGreaterThan(20);
    const poor = PAIRS.map(
      ([word, ground]) => `${word} on ${ground}: ${contrast(known.get(word!)!, known.get(ground!)!).toFixed(2)}`,
    );
    expect(poor.filter((line) => Number(line.split(': ')[1]) < 4.5)).toEqual([]);
  });
});

describe('what a lane of the timeline holds stands out', () => {
  test.each(SCHEMES)('$scheme', ({ known }) => {
    const shades = ['ok', 'changed', 'failed', 'unreachable', 'unknown', 'tolerated'];
    const poor = shades.filter((shade) => contrast(known.get(shade)!, known.get('lane')!) < 1.8);
    expect(poor).toEqual([]);
  });
});
