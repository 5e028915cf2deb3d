import type { Outcome } from '../model/change.ts';
import type { Session } from '../remote/types.ts';
import type { RunContext } from './context.ts';
import type { Reach } from './reach.ts';

/** The way to the store of what hosts share, for tasks whose changes are made there. */
export function storeReach(run: RunContext): Reach {
  return { open: async () => session(run), drop: async () => {} };
}

function session({ exchange }: RunContext): Session {
  const apply: Session['apply'] = async (change) => {
    if (change.kind !== 'share') throw new Error(`a store cannot ${change.kind}`);
    const start = Date.now() / 1000;
    const open = await exchange();
    if (change.shared) await open.publish(change.entry, change.shared);
    else await open.withdraw(change.entry);
    return done(start);
  };
  return {
    view: NO_HOST,
    apply,
    applyTogether: async (changes) => {
      const outcomes: Outcome[] = [];
      for (const change of changes) outcomes.push(await apply(change));
      return outcomes;
    },
    detach: nowhere,
  };
}

function done(start: number): Outcome {
  return { rc: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), start, end: Date.now() / 1000 };
}

function nowhere(): never {
  throw new Error('a store is no host');
}

const NO_HOST: Session['view'] = { stat: nowhere, read: nowhere, query: nowhere, expand: nowhere };
