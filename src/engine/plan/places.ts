import type { Place } from '../journal/types.ts';
import { type Digest, textDigest } from './digest.ts';

/** A name for a place that tells nothing of what the task says. */
export function placeId(digest: Digest, { play, host, task, turn, item }: Place): string {
  return textDigest(digest, 'place', JSON.stringify([play, host, task, turn, item?.index, item?.digest]));
}

/** The same for a task of a host, however often it comes there. */
export function taskId(digest: Digest, { play, host }: Place, task: string): string {
  return textDigest(digest, 'task', JSON.stringify([play, host, task]));
}
