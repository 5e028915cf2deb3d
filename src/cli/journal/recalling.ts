import type { Past } from '../../engine/journal/past.ts';
import { type Finished, type Recorder, UNRECORDED } from '../../engine/journal/types.ts';

const PASSED_OVER: Finished = { status: 'skipped', ignored: false, result: new Map(), notify: [], ran: [] };

/** Its variables live in a process only, so it is never remembered; and it asks no host. */
const READS_AGAIN = 'include_vars';

/** Knows what was done, and passes over the rest: with it plays only remember. */
export function recalling(past: Past): Recorder {
  return {
    ...UNRECORDED,
    keeps: true,
    finished: (place, action) => past.finished(place) ?? (action === READS_AGAIN ? undefined : PASSED_OVER),
    answered: (question) => past.answered(question) ?? '',
  };
}
