import type { Change, Outcome } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { Status } from '../model/event.ts';
import type { Position } from '../model/source.ts';
import type { Dict } from '../model/value.ts';
import type { ConnectionSettings, SessionOptions } from '../remote/types.ts';

/** Where in a run one host does one thing. A run that is resumed comes to the same places again. */
export interface Place {
  /** Among the plays of the run, from 0. */
  readonly play: number;
  readonly host: string;
  /** Digest of what the task says and of the file it stands in; lines that move do not change it. */
  readonly task: string;
  /** How often the host has been at this task in this play before. */
  readonly turn: number;
  /** Which member of the task's loop. */
  readonly item?: { readonly index: number; readonly digest: string } | undefined;
}

/** What a task (or one turn of its loop) gave on a host: all that later tasks can see of it. */
export interface Finished {
  readonly status: Status;
  readonly ignored: boolean;
  /** As `register` gets it. */
  readonly result: Dict;
  /** Names of handlers. */
  readonly notify: readonly string[];
  /** One, or one for each turn of a loop. */
  readonly ran: readonly FinishedRun[];
}

export interface FinishedRun {
  /** `ansible_facts` of its result. */
  readonly facts?: Dict | undefined;
  readonly effects: readonly Effect[];
  readonly delegatedTo?: string | undefined;
}

/** Who is about to change something, and how the host is reached. */
export interface Doer {
  readonly name: string;
  readonly action: string;
  readonly position: Position;
  /** Its words must not be shown. */
  readonly noLog: boolean;
  /** Command line that takes it back, where the change has no way of its own. */
  readonly undo?: string | undefined;
  readonly connection: ConnectionSettings;
  readonly session: SessionOptions;
}

/** A change that is about to be made, with what was there before if the change itself does not hold it. */
export interface Intended {
  readonly change: Change;
  readonly image?: Image | undefined;
}

/** What stood at a path: the bytes of a file, or a tar archive of a folder. */
export interface Image {
  readonly kind: 'file' | 'archive';
  readonly bytes: Buffer;
}

/** A change that is remembered before it is made. */
export interface Intent {
  /** It was made, or failed. */
  made(outcome: Pick<Outcome, 'rc' | 'stdout'>): void;
}

/** What a play asks the person at the terminal. */
export interface Question {
  readonly play: number;
  /** Of the variable. */
  readonly name: string;
}

/** What a run remembers. The executor tells it and asks it. */
export interface Recorder {
  /** Whether what is about to be lost is worth being read first. */
  readonly keeps: boolean;
  /** What an earlier part of this run did here, if it need not be done again. `action`: of the task, if one is at the place. */
  finished(place: Place, action?: string): Finished | undefined;
  finish(place: Place, finished: Finished): void;
  /** It came to its end and is to be done again. */
  fail(place: Place): void;
  /** What was finished here is to be done again, with all turns of its loop. */
  forget(place: Place): void;
  /** What was answered in an earlier part of this run. */
  answered(question: Question): string | undefined;
  answer(question: Question, said: string): void;
  /** Resolves when it is certain to be remembered; the host is not touched before. Throws TsplayError. */
  intend(place: Place, doer: Doer, intended: Intended): Promise<Intent>;
}

/** For runs that are not kept. */
export const UNRECORDED: Recorder = {
  keeps: false,
  finished: () => undefined,
  finish: () => {},
  fail: () => {},
  forget: () => {},
  answered: () => undefined,
  answer: () => {},
  intend: async () => ({ made: () => {} }),
};
