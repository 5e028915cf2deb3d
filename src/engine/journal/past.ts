import type { Seal } from '../vault/seal.ts';
import { finishedText, readFinished } from './finished-codec.ts';
import { PhasePlaces } from './phase-places.ts';
import { placeKey, wholeKey } from './place-key.ts';
import type { DoneEntry, Entry, IntentEntry } from './records.ts';
import type { Finished, Place, Question } from './types.ts';

/** A command that was begun and whose end nobody saw. */
export interface Cut {
  readonly entry: IntentEntry;
  readonly key: string;
}

/** What a journal knows of the run so far. */
export class Past {
  private readonly done = new Map<string, DoneEntry>();
  private readonly answers = new Map<string, string>();
  /** Of loops, by the key of the whole: keys of their turns. */
  private readonly turns = new Map<string, Set<string>>();
  private readonly seal: Seal;
  /** What must not be shown, though this process may never come to know why. */
  readonly secrets: ReadonlySet<string>;
  /** Opaque commands whose outcome cannot be known, in order. */
  readonly cuts: readonly Cut[];
  /** Numbers for the next intent, and the next way to a host. */
  readonly nextIntent: number;
  readonly nextReach: number;

  constructor(entries: readonly Entry[], seal: Seal) {
    this.seal = seal;
    const open = new Map<string, IntentEntry>();
    const byIntent = new Map<number, Place>();
    const phases = new PhasePlaces();
    const secrets = new Set<string>();
    let last = 0;
    for (const entry of entries) {
      if (entry.kind === 'secret') secrets.add(seal.open(Buffer.from(entry.sealed, 'base64')).toString());
      for (const key of phases.follow(entry)) this.done.delete(key);
      if (entry.kind === 'intent') {
        this.noteTurn(entry.place);
        open.set(placeKey(entry.place), entry);
        byIntent.set(entry.id, entry.place);
        last = Math.max(last, entry.id);
      }
      if (entry.kind === 'answer') this.answers.set(`${entry.play} ${entry.name}`, entry.sealed);
      if (entry.kind === 'failed') open.delete(placeKey(entry.place));
      if (entry.kind === 'forgotten') this.forget(entry.place, open);
      if (entry.kind === 'undone') this.forget(byIntent.get(entry.intent), open);
      if (entry.kind !== 'done') continue;
      const key = placeKey(entry.place);
      open.delete(key);
      this.done.set(key, entry);
      this.noteTurn(entry.place);
    }
    this.secrets = secrets;
    this.nextIntent = last + 1;
    this.nextReach = entries.filter(({ kind }) => kind === 'reach').length + 1;
    const opaque = [...open].filter(([, { change }]) => change.opaque);
    this.cuts = opaque.map(([key, entry]) => ({ key, entry }));
  }

  /** What was taken back is to be done again, with all the turns of its loop. */
  private forget(place: Place | undefined, open: Map<string, IntentEntry>): void {
    if (!place) return;
    const whole = wholeKey(place);
    for (const key of [whole, ...(this.turns.get(whole) ?? [])]) {
      this.done.delete(key);
      open.delete(key);
    }
  }

  private noteTurn(place: Place): void {
    if (!place.item) return;
    const whole = wholeKey(place);
    const turns = this.turns.get(whole) ?? new Set<string>();
    this.turns.set(whole, turns.add(placeKey(place)));
  }

  get size(): number {
    return this.done.size;
  }

  /** What was finished here; what failed and was not forgiven counts as not finished. */
  finished(place: Place): Finished | undefined {
    const entry = this.done.get(placeKey(place));
    if (!entry) return undefined;
    const sealed = entry.sealed === undefined ? undefined : this.seal.open(Buffer.from(entry.sealed, 'base64'));
    return readFinished(entry, sealed?.toString());
  }

  answered({ play, name }: Question): string | undefined {
    const sealed = this.answers.get(`${play} ${name}`);
    return sealed === undefined ? undefined : this.seal.open(Buffer.from(sealed, 'base64')).toString();
  }

  /** From now on the place counts as finished. */
  assume(place: Place, finished: Finished): void {
    const text = finishedText(finished);
    this.done.set(placeKey(place), {
      kind: 'done',
      place,
      status: finished.status,
      ...(text !== undefined && { sealed: this.seal.close(Buffer.from(text)).toString('base64') }),
    });
  }
}
