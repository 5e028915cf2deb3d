import type { Status } from '../model/event.ts';

/** The form of the plans that this program writes, and the only one it reads. */
export const FORMAT = 1;

/**
 * A plan as it stands in its file. Digests are keyed by the user's state folder, so that they tell nothing of what they
 * stand for; `sealed` is what only its key opens.
 */
export interface PlanDocument {
  readonly format: number;
  /** Version of the tsplay that made it. */
  readonly program: string;
  /** Where it was made: paths are relative to it. */
  readonly directory: string;
  readonly playbooks: readonly string[];
  readonly inventory: readonly string[];
  /** What the command line chose. */
  readonly options: PlanOptions;
  /** Files of the content and the inventory that were read, by path, with their digests. */
  readonly content: Readonly<Record<string, string>>;
  readonly plays: readonly PlannedPlay[];
  readonly hosts: Readonly<Record<string, HostPlan>>;
  readonly coverage: Coverage;
  /** The command line and what was answered (`Invocation`). */
  readonly sealed: string;
}

export interface PlanOptions {
  readonly limit?: string | undefined;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  /** By name, the digests of their values. */
  readonly extraVars: Readonly<Record<string, string>>;
}

export interface PlannedPlay {
  readonly name: string;
  readonly hosts: readonly string[];
}

export interface Coverage {
  readonly tasks: number;
  readonly unknown: number;
}

export interface HostPlan {
  /** In the order in which the host comes to them. */
  readonly steps: readonly Step[];
  /** Handlers that run if a task of unknown outcome changes something. */
  readonly mayRun: readonly PlannedHandler[];
}

export interface PlannedHandler {
  /** Digest of its place, whenever the host comes to it. */
  readonly id: string;
  readonly name: string;
}

/** A task on a host. */
export interface Step extends Turn {
  /** Among the plays, from 0. */
  readonly play: number;
  readonly name: string;
  readonly action: string;
  /** `site.yml:12:7`. */
  readonly at: string;
  readonly handler?: true;
  /** The host that is touched, if it is another. */
  readonly target?: string;
  /** It is not to be shown what it does. */
  readonly hidden?: true;
  /** Turns of its loop. */
  readonly items?: readonly ItemTurn[];
}

export interface ItemTurn extends Turn {
  readonly label: string;
}

/** What a task, or one turn of its loop, would do. */
export interface Turn {
  /** Digest of the place. */
  readonly id: string;
  readonly status: Status;
  /** Why it cannot be told, or failed. */
  readonly because?: string;
  /** `outcome`: what runs is known, and not what comes of it. `all`: it depends on the outcome of another. */
  readonly unknown?: 'outcome' | 'all';
  /** It was really done while the plan was made (`check_mode: false`). */
  readonly done?: true;
  readonly looked?: Looked;
  readonly changes?: readonly PlannedChange[];
  /** Texts of diffs, where they were asked for. */
  readonly diffs?: readonly string[];
}

/** What was inspected. */
export interface Looked {
  /** By path: what stood there. */
  readonly paths: Readonly<Record<string, SeenPath>>;
  /** Digest of all that was learned, where something is to be changed. */
  readonly state?: string;
}

/** `null`: nothing was there. */
export type SeenPath = null | {
  readonly kind: string;
  readonly owner: string;
  readonly group: string;
  /** `0644`. */
  readonly mode: string;
  /** Of a link. */
  readonly leads?: string;
  /** Digest of the content, where it was looked at. */
  readonly content?: string;
};

export interface PlannedChange {
  /** Digest of what is done, whatever was there before. */
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly path?: string;
  readonly from?: string;
  readonly leads?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content?: { readonly digest: string; readonly size: number };
  readonly before?: PlannedBefore;
  /** A command whose effect nobody knows. */
  readonly opaque?: true;
  /** Why it could not be taken back. */
  readonly final?: string;
}

export interface PlannedBefore {
  readonly kind: string;
  readonly owner?: string;
  readonly group?: string;
  readonly mode?: string;
  readonly leads?: string;
  readonly content?: string;
}
