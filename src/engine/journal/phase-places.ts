import { placeKey } from './place-key.ts';
import type { DoneEntry, Entry } from './records.ts';
import { readTold, type ToldPhaseResult } from './story/told-events.ts';

interface Inside {
  /** Hosts that have not left it. */
  readonly open: Set<string>;
  /** The places that a host finished there. */
  readonly finished: Map<string, Finish[]>;
}

interface Finish {
  readonly key: string;
  readonly changed: boolean;
}

/**
 * What hosts finished while they were in phases. Once a phase was undone, all of it is to be done again; once it failed,
 * what changed nothing: those tasks looked at what somebody may have mended since.
 */
export class PhasePlaces {
  private readonly phases = new Map<string, Inside>();

  /** Follows an entry of the journal; gives the keys of the places that it makes undone. */
  follow(entry: Entry): readonly string[] {
    if (entry.kind === 'done') this.note(entry);
    if (entry.kind !== 'event') return [];
    const told = readTold(entry.told);
    if (told.type === 'phase') for (const host of told.hosts) this.inside(told.name).open.add(host);
    if (told.type === 'phase-end')
      return Object.entries(told.hosts).flatMap(([host, how]) => this.leave(told.name, host, how));
    if (told.type !== 'phase-undone') return [];
    const { finished } = this.inside(told.name);
    return told.hosts.flatMap((host) => keysOf(finished.get(host)));
  }

  private leave(name: string, host: string, { status }: ToldPhaseResult): readonly string[] {
    const { open, finished } = this.inside(name);
    open.delete(host);
    return status === 'failed' ? keysOf(finished.get(host)?.filter(({ changed }) => !changed)) : [];
  }

  private inside(name: string): Inside {
    const inside = this.phases.get(name) ?? { open: new Set(), finished: new Map() };
    this.phases.set(name, inside);
    return inside;
  }

  private note({ place, status }: DoneEntry): void {
    for (const { open, finished } of this.phases.values()) {
      if (!open.has(place.host)) continue;
      const finishes = finished.get(place.host) ?? [];
      finishes.push({ key: placeKey(place), changed: status === 'changed' });
      finished.set(place.host, finishes);
    }
  }
}

function keysOf(finishes: readonly Finish[] = []): readonly string[] {
  return finishes.map(({ key }) => key);
}
