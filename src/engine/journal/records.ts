import type { Coded } from '../model/codec.ts';
import type { Recap, Status } from '../model/event.ts';
import type { Position } from '../model/source.ts';
import type { Place } from './types.ts';

/** The form of the journals that this program writes, and the only one it reads. */
export const FORMAT = 1;

/** One line of a journal. Times are milliseconds since the epoch; `sealed` is base64 of what only the key opens. */
export type Entry =
  | StartEntry
  | { readonly kind: 'resume'; readonly time: number; readonly pid: number }
  | { readonly kind: 'event'; readonly told: Told; readonly sealed?: string }
  | IntentEntry
  /** How a host was reached, told once. */
  | { readonly kind: 'reach'; readonly id: number; readonly sealed: string }
  | { readonly kind: 'made'; readonly intent: number; readonly rc: number; readonly sealed?: string }
  | DoneEntry
  /** What must not be shown of what follows. */
  | { readonly kind: 'secret'; readonly sealed: string }
  /** What somebody typed. */
  | { readonly kind: 'answer'; readonly play: number; readonly name: string; readonly sealed: string }
  /** Its outcome was seen; it is to be done again. */
  | { readonly kind: 'failed'; readonly place: Place }
  /** It was finished, and is to be done again. */
  | { readonly kind: 'forgotten'; readonly place: Place }
  | { readonly kind: 'undone'; readonly intent: number; readonly time: number }
  | { readonly kind: 'rolled-back'; readonly time: number }
  | {
      readonly kind: 'end';
      readonly time: number;
      readonly exit: number;
      readonly recap: Readonly<Record<string, Recap>>;
    };

export interface StartEntry {
  readonly kind: 'start';
  readonly format: number;
  readonly program: string;
  readonly run: string;
  readonly time: number;
  readonly pid: number;
  readonly check: boolean;
  /** The command of tsplay, without its arguments, which may hold secrets. */
  readonly command: string;
  readonly playbooks: readonly string[];
  /** The command line and folder (`Invocation`). */
  readonly sealed: string;
}

/** How a run was started; what a resumed one starts with. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** Name of the kept plan that it was held to. */
  readonly plan?: string | undefined;
  /** Files of the content that were read, with their digests. */
  readonly content: Readonly<Record<string, string>>;
}

export interface IntentEntry {
  readonly kind: 'intent';
  readonly id: number;
  readonly place: Place;
  readonly time: number;
  readonly name: string;
  readonly action: string;
  readonly position: Position;
  /** The host that is touched, if it is another. */
  readonly target?: string;
  readonly change: {
    readonly kind: string;
    readonly summary: string;
    /** A command whose effect nobody knows. */
    readonly opaque?: true;
    /** Why it cannot be taken back. */
    readonly final?: string;
  };
  /** Of the entry that says how the host was reached. */
  readonly reach: number;
  /** How to take it back (`Inverse`), if it can be. */
  readonly sealed?: string;
}

export interface DoneEntry {
  readonly kind: 'done';
  readonly place: Place;
  readonly status: Status;
  readonly ignored?: true;
  /** What later tasks can see of it, if anything. */
  readonly sealed?: string;
}

/** What is shown of a run afterwards: an event, redacted, without what only matters while it runs. */
export type Told = Readonly<Record<string, Coded>>;
