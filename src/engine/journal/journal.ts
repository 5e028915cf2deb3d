import type { Change, Outcome } from '../model/change.ts';
import type { Event, Recap } from '../model/event.ts';
import type { Seal } from '../vault/seal.ts';
import { finishedText } from './finished-codec.ts';
import type { Past } from './past.ts';
import type { DoneEntry, Entry, IntentEntry, Invocation } from './records.ts';
import { FORMAT } from './records.ts';
import type { RunFolder } from './run-folder.ts';
import { telling } from './told.ts';
import type { Doer, Finished, Intended, Intent, Place, Question, Recorder } from './types.ts';
import { inverseOf } from './undo/inverse.ts';
import { reachText } from './undo/reach.ts';
import type { JournalWriter } from './writer.ts';

/** What a journal is made of. */
export interface Parts {
  readonly folder: RunFolder;
  readonly writer: JournalWriter;
  readonly seal: Seal;
  /** Hides the secrets that are known by now. */
  readonly conceal: (text: string) => string;
  /** Of a run that goes on. */
  readonly past?: Past | undefined;
}

export interface Start {
  readonly program: string;
  readonly time: number;
  readonly check: boolean;
  readonly playbooks: readonly string[];
  readonly invocation: Invocation;
}

/** Keeps a run while it happens: intents before a host is touched, outcomes after. */
export class Journal implements Recorder {
  readonly keeps = true;
  readonly id: string;
  private readonly parts: Parts;
  private nextIntent: number;
  private nextReach: number;
  private readonly reaches = new Map<string, number>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.id = parts.folder.id;
    this.nextIntent = parts.past?.nextIntent ?? 1;
    this.nextReach = parts.past?.nextReach ?? 1;
  }

  start({ invocation, ...start }: Start): void {
    this.append({
      kind: 'start',
      format: FORMAT,
      run: this.id,
      pid: process.pid,
      ...start,
      command: invocation.command,
      sealed: this.sealed(JSON.stringify(invocation)),
    });
  }

  goOn(): void {
    this.append({ kind: 'resume', time: Date.now(), pid: process.pid });
  }

  /** An event as the user sees it, redacted. */
  tell(event: Event): void {
    const telt = telling(event);
    if (!telt) return;
    const { told, details } = telt;
    this.append({ kind: 'event', told, ...(details && { sealed: this.sealed(JSON.stringify(details)) }) });
  }

  /** Who goes on with the run hides this too. */
  secret(value: string): void {
    if (!this.parts.past?.secrets.has(value)) this.append({ kind: 'secret', sealed: this.sealed(value) });
  }

  finished(place: Place): Finished | undefined {
    return this.parts.past?.finished(place);
  }

  finish(place: Place, finished: Finished): void {
    const text = finishedText(finished);
    const entry: DoneEntry = {
      kind: 'done',
      place,
      status: finished.status,
      ...(finished.ignored && { ignored: true }),
      ...(text !== undefined && { sealed: this.sealed(text) }),
    };
    this.append(entry);
  }

  fail(place: Place): void {
    this.append({ kind: 'failed', place });
  }

  forget(place: Place): void {
    this.append({ kind: 'forgotten', place });
  }

  answered(question: Question): string | undefined {
    return this.parts.past?.answered(question);
  }

  answer(question: Question, said: string): void {
    this.append({ kind: 'answer', ...question, sealed: this.sealed(said) });
  }

  async intend(place: Place, doer: Doer, intended: Intended): Promise<Intent> {
    const id = this.nextIntent++;
    this.append(this.intention(id, place, doer, intended));
    await Promise.all([this.parts.folder.sync(), this.parts.writer.sync()]);
    return { made: (outcome) => this.made(id, intended.change, outcome) };
  }

  /** The `undo` tasks of a phase have run on these hosts. */
  phaseUndone(name: string, hosts: readonly string[]): void {
    this.append({ kind: 'event', told: { type: 'phase-undone', name, hosts: [...hosts], time: Date.now() } });
  }

  /** Once all hosts are done. */
  async end(exit: number, recap: ReadonlyMap<string, Recap>): Promise<void> {
    this.append({ kind: 'end', time: Date.now(), exit, recap: Object.fromEntries(recap) });
    await this.parts.writer.sync();
  }

  /** The change of this intent was taken back. */
  undone(intent: number): void {
    this.append({ kind: 'undone', intent, time: Date.now() });
  }

  /** No more is taken back for now. */
  async rolledBack(): Promise<void> {
    this.append({ kind: 'rolled-back', time: Date.now() });
    await this.parts.writer.sync();
  }

  close(): void {
    this.parts.writer.close();
  }

  private intention(id: number, place: Place, doer: Doer, intended: Intended): IntentEntry {
    const { change } = intended;
    const { folder, conceal } = this.parts;
    const inverse = inverseOf(intended, (content) => folder.keep(content), doer.undo);
    const target = doer.connection.name;
    const reach = this.reachOf(doer);
    return {
      kind: 'intent',
      id,
      reach,
      place,
      time: Date.now(),
      name: doer.noLog ? doer.action : conceal(doer.name),
      action: doer.action,
      position: doer.position,
      ...(target !== place.host && { target }),
      change: {
        kind: change.kind,
        summary: doer.noLog ? change.kind : conceal(change.summary),
        ...(change.kind === 'run' && change.effect === 'opaque' && { opaque: true as const }),
        ...(inverse.do === 'nothing' && { final: conceal(inverse.reason) }),
      },
      ...(inverse.do !== 'nothing' && { sealed: this.sealed(JSON.stringify(inverse)) }),
    };
  }

  private reachOf(doer: Doer): number {
    const text = reachText(doer);
    const known = this.reaches.get(text);
    if (known !== undefined) return known;
    const id = this.nextReach++;
    this.reaches.set(text, id);
    this.append({ kind: 'reach', id, sealed: this.sealed(text) });
    return id;
  }

  private made(intent: number, { kind }: Change, { rc, stdout }: Pick<Outcome, 'rc' | 'stdout'>): void {
    // The making of folders prints those that were not there.
    const folders = kind === 'directory' ? { sealed: this.sealed(stdout) } : {};
    this.append({ kind: 'made', intent, rc, ...folders });
  }

  private append(entry: Entry): void {
    this.parts.writer.append(entry);
  }

  private sealed(text: string | Uint8Array): string {
    return this.parts.seal.close(Buffer.from(text)).toString('base64');
  }
}
