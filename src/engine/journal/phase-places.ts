import { placeKey } from './place-key.ts';
import type { Entry } from './records.ts';
import { readTold } from './story/told-events.ts';
import type { Place } from './types.ts';

interface Inside {
  /** Hosts that have not left it. */
  readonly open: Set<string>;
  /** Keys of the places that a host finished there. */
  readonly finished: Map<string, string[]>;
}

/** What hosts finished while they were in phases: to be done again once a phase was undone. */
export class PhasePlaces {
  private readonly phases = new Map<string, Inside>();

  /** Follows an entry of the journal; gives the keys of the places that it makes undone. */
  follow(entry: Entry): readonly string[] {
    if (entry.kind === 'done') this.note(entry.place);
    if (entry.kind !== 'event') return [];
    const told = readTold(entry.told);
    if (told.type === 'phase') for (const host of told.hosts) this.inside(told.name).open.add(host);
    if (told.type === 'phase-end') for (const host of Object.keys(told.hosts)) this.inside(told.name).open.delete(host);
    if (told.type !== 'phase-undone') return [];
    const { finished } = this.inside(told.name);
    return told.hosts.flatMap((host) => finished.get(host) ?? []);
  }

  private inside(name: string): Inside {
    const inside = this.phases.get(name) ?? { open: new Set(), finished: new Map() };
    this.phases.set(name, inside);
    return inside;
  }

  private note(place: Place): void {
    for (const { open, finished } of this.phases.values()) {
      if (!open.has(place.host)) continue;
      const keys = finished.get(place.host) ?? [];
      keys.push(placeKey(place));
      finished.set(place.host, keys);
    }
  }
}
