import { invocationOf, type KeptRun, openRun, openState, type State, standing } from '../../engine/journal/open.ts';
import { runIds } from '../../engine/journal/run-folder.ts';
import { stateDirOf } from '../../engine/journal/state-dir.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { type Decision, decideCuts } from './assume.ts';
import { Resumed } from './resumed.ts';

export interface Found {
  readonly state: State;
  readonly run: KeptRun;
}

/** The user's runs. Throws TsplayError. */
export function userState(): State {
  return openState(stateDirOf(process.env));
}

/** A run by its id, or by enough of its beginning or end to tell it. Throws TsplayError. */
export function findRun(name: string): Found {
  const state = userState();
  return { state, run: openRun(state, idOf(state, name)) };
}

/** The id that is meant. Throws TsplayError if there is none, or more than one. */
export function idOf({ dir }: State, name: string): string {
  const ids = runIds(dir);
  const found = ids.includes(name) ? [name] : ids.filter((id) => id.startsWith(name) || id.endsWith(name));
  const [id, other] = found;
  if (id !== undefined && other === undefined) return id;
  const what = id === undefined ? `there is no run ${name}` : `several runs are called so: ${found.join(', ')}`;
  throw new TsplayError('usage', what, { hint: 'tsplay runs lists those that are kept' });
}

/** The run that is named, or the last one that can be read, without reading more of it. Throws TsplayError. */
export function chosenRun(name: string | undefined): { readonly state: State; readonly id: string } {
  const state = userState();
  if (name !== undefined) return { state, id: idOf(state, name) };
  const found = latestRun(() => true);
  if (found) return { state, id: found.run.folder.id };
  throw new TsplayError('usage', 'no runs are kept', { hint: 'tsplay run keeps a journal of each run' });
}

/** The latest run that `wanted` holds of. A journal that cannot be read is passed over if there is another. */
export function latestRun(wanted: (found: Found) => boolean): Found | undefined {
  const state = userState();
  let unread: unknown;
  for (const id of runIds(state.dir).toReversed()) {
    try {
      const found = { state, run: openRun(state, id) };
      if (wanted(found)) return found;
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      unread ??= error;
    }
  }
  if (unread) throw unread;
  return undefined;
}

/** Whether a run has something left to do. */
export function isUnfinished({ run }: Found): boolean {
  const how = standing(run);
  return !run.start.check && (how === 'interrupted' || (typeof how === 'object' && how.exit !== 0));
}

/** The latest unfinished run of the same command in the same folder. Throws TsplayError if there is none. */
export function latestOf(command: string, args: readonly string[]): Found {
  const same = (found: Found) => {
    const known = invocationOf(found.run, found.state);
    return (
      known.command === command &&
      known.directory === process.cwd() &&
      JSON.stringify(known.args) === JSON.stringify(args)
    );
  };
  const found = latestRun((one) => isUnfinished(one) && same(one));
  if (found) return found;
  throw new TsplayError('usage', 'there is no unfinished run of this command line to resume', {
    hint: 'tsplay runs lists the runs that are kept; tsplay resume RUN goes on with any of them',
  });
}

/** Makes a run ready to go on. Throws TsplayError if it is going on already, or needs a decision that nobody made. */
export async function goOnWith({ run, state }: Found, assume: Decision | 'ask' | undefined): Promise<Resumed> {
  const resumed = new Resumed(run, state);
  try {
    for (const [cut, decision] of await decideCuts(resumed.past.cuts, assume)) {
      if (decision === 'done') resumed.assumeDone(cut);
    }
    return resumed;
  } catch (error) {
    resumed.release();
    throw error;
  }
}
