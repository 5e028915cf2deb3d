import type { Seal } from '../../vault/seal.ts';
import { placeKey } from '../place-key.ts';
import type { Entry, IntentEntry } from '../records.ts';
import type { Inverse } from './inverse.ts';
import { type Reach, readReach } from './reach.ts';

/** One change that is to be taken back. */
export interface Step {
  readonly entry: IntentEntry;
  /** The host that was touched. */
  readonly host: string;
  readonly inverse: Inverse;
  readonly reach: Reach;
  /** Whether it is known that the change was made; false if the run was cut off in the middle of it. */
  readonly certain: boolean;
  /** Folders that it made, outermost first. */
  readonly folders: readonly string[];
}

/**
 * The changes of a run that stand, the last one first. Those that failed changed nothing, but for commands; a command of
 * which its task said that it changed nothing (`changed_when`) is none.
 */
export function stepsOf(entries: readonly Entry[], seal: Seal): Step[] {
  const made = new Map<number, Extract<Entry, { kind: 'made' }>>();
  const undone = new Set<number>();
  const reaches = new Map<number, string>();
  const harmless = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'made') made.set(entry.intent, entry);
    if (entry.kind === 'undone') undone.add(entry.intent);
    if (entry.kind === 'done' && entry.status === 'ok') harmless.add(placeKey(entry.place));
    if (entry.kind === 'reach') reaches.set(entry.id, entry.sealed);
  }
  const open = (sealed: string) => seal.open(Buffer.from(sealed, 'base64')).toString();
  return entries
    .filter((entry): entry is IntentEntry => entry.kind === 'intent' && !undone.has(entry.id))
    .filter(({ id, change }) => change.kind === 'run' || (made.get(id)?.rc ?? 0) === 0)
    .filter(({ change, place }) => !(change.opaque && harmless.has(placeKey(place))))
    .map((entry) => {
      const outcome = made.get(entry.id);
      return {
        entry,
        host: entry.target ?? entry.place.host,
        inverse: entry.sealed ? (JSON.parse(open(entry.sealed)) as Inverse) : final(entry),
        reach: readReach(open(reaches.get(entry.reach) ?? '')),
        certain: outcome !== undefined,
        folders: outcome?.sealed ? open(outcome.sealed).split('\0').slice(0, -1) : [],
      };
    })
    .reverse();
}

function final({ change }: IntentEntry): Inverse {
  return { do: 'nothing', reason: change.final ?? 'nobody knows how' };
}

/** The steps down to the first change of a task of this name, that one included; undefined if no task is called so. */
export function downTo(steps: readonly Step[], name: string): Step[] | undefined {
  const last = steps.findLastIndex(({ entry }) => entry.name === name || entry.name.endsWith(` : ${name}`));
  return last < 0 ? undefined : steps.slice(0, last + 1);
}

/** Steps of one task on several hosts, which may be taken at the same time; in order. */
export function together(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    const known = group?.[0]?.entry.place;
    const { place } = step.entry;
    if (group && known && known.play === place.play && known.task === place.task && known.turn === place.turn) {
      group.push(step);
    } else groups.push([step]);
  }
  return groups;
}

/** What is done to take the change back, as a verb phrase; or why nothing can be. */
export function phrase({ inverse, folders }: Step): string {
  switch (inverse.do) {
    case 'remove':
      return `remove ${inverse.path}`;
    case 'restore':
      return `restore ${inverse.path}`;
    case 'unpack':
      return `restore ${inverse.path} with all in it`;
    case 'attributes':
      return `restore owner and mode of ${inverse.path}`;
    case 'link':
      return `restore the link ${inverse.path}`;
    case 'folders':
      return folders.length === 0 ? 'nothing: no folder was made' : `remove ${folders.toReversed().join(', ')}`;
    case 'run':
      return `undo: ${inverse.summary}`;
    case 'nothing':
      return inverse.reason;
  }
}

export function canUndo({ inverse }: Step): boolean {
  return inverse.do !== 'nothing';
}
