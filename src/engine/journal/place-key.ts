import type { Place } from './types.ts';

/** Names a place. */
export function placeKey({ play, host, task, turn, item }: Place): string {
  return JSON.stringify([play, host, task, turn, item?.index, item?.digest]);
}
