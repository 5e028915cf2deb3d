import type { Place } from './types.ts';

/** Names a place. */
export function placeKey({ play, host, task, turn, item }: Place): string {
  return JSON.stringify([play, host, task, turn, item?.index, item?.digest]);
}

/** Names the place as a whole, of whichever turn of its loop. */
export function wholeKey({ item: _, ...whole }: Place): string {
  return placeKey(whole);
}
