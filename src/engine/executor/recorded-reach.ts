import type { Doer, Intent, Place, Recorder } from '../journal/types.ts';
import type { Change } from '../model/change.ts';
import { beforeImage } from '../remote/before-image.ts';
import type { Session } from '../remote/types.ts';
import type { Reach } from './reach.ts';

/** The same way to a host, over which nothing is changed before it is recorded that it will be. */
export function recordedReach(reach: Reach, record: Recorder, place: Place, doer: () => Doer): Reach {
  if (!record.keeps) return reach;
  return {
    drop: () => reach.drop(),
    open: async () =>
      recorded(await reach.open(), async (session, changes) => {
        const images = await Promise.all(changes.map((change) => beforeImage(session.view, change)));
        // Told in their order, so that they are taken back in the reverse one; made certain together.
        return Promise.all(
          changes.map((change, index) => record.intend(place, doer(), { change, image: images[index] })),
        );
      }),
  };
}

type Intend = (session: Session, changes: readonly Change[]) => Promise<Intent[]>;

function recorded(session: Session, intend: Intend): Session {
  return {
    view: session.view,
    async apply(change) {
      const [intent] = await intend(session, [change]);
      const outcome = await session.apply(change);
      intent?.made(outcome);
      return outcome;
    },
    async applyTogether(changes) {
      const intents = await intend(session, changes);
      const outcomes = await session.applyTogether(changes);
      for (const [index, outcome] of outcomes.entries()) intents[index]?.made(outcome);
      return outcomes;
    },
    async detach(change, job) {
      const [intent] = await intend(session, [change]);
      const completed = await session.detach(change, job);
      intent?.made(completed);
      return completed;
    },
  };
}
