import type { Diff } from './change.ts';
import type { Position } from './source.ts';
import type { Dict, Value } from './value.ts';

/** `unknown` is check mode's honest answer where nobody can tell. */
export type Status = 'ok' | 'changed' | 'skipped' | 'failed' | 'unreachable' | 'unknown';

export interface TaskInfo {
  /** Unique in a run; the same task run again (a handler flushed twice, an included file) has another. */
  readonly id: number;
  /** As Ansible prints it: `role : name`, or the action when it has no name. Rendered with play variables. */
  readonly name: string;
  readonly action: string;
  readonly position: Position;
  readonly handler: boolean;
  readonly checkMode: boolean;
  /** Whether its diffs are to be shown: the keyword `diff`, else the run's diff mode. */
  readonly diff?: boolean;
  readonly noLog: boolean;
  readonly tags: readonly string[];
}

export interface Recap {
  ok: number;
  changed: number;
  unreachable: number;
  failed: number;
  skipped: number;
  rescued: number;
  ignored: number;
  unknown: number;
}

export interface PhaseInfo {
  readonly name: string;
  readonly purpose?: string;
  readonly needs: readonly string[];
  readonly position: Position;
}

/** How a phase ended on a host; `fixed`: it failed, and was completed after its `fix` tasks. */
export type PhaseStatus = 'completed' | 'fixed' | 'failed' | 'skipped';

export interface PhaseResult {
  readonly status: PhaseStatus;
  readonly started: number;
  readonly ended: number;
  /** How often it was tried. */
  readonly tries: number;
  readonly error?: string;
}

/** Everything that happens, as data, already redacted. The executor emits; output and journal read. */
export type Event =
  | {
      readonly type: 'run-start';
      readonly playbooks: readonly { readonly path: string; readonly plays: number }[];
      readonly checkMode: boolean;
      /** By which its journal is found, if one is kept. */
      readonly run?: string;
      /** Names of all plays in order, as written. */
      readonly plays?: readonly string[];
      /** All phases in the order in which they begin. */
      readonly phases?: readonly PhaseInfo[];
      /** Names of phases that are left out. */
      readonly leftOut?: readonly string[];
      /** Phases that fail are mended. */
      readonly autoFix?: boolean;
      readonly time: number;
    }
  | {
      /** Hosts begin a phase; under strategy `free` others may follow. */
      readonly type: 'phase-start';
      readonly phase: PhaseInfo;
      readonly hosts: readonly string[];
      readonly time: number;
    }
  | {
      /** A phase failed on a host and is about to be tried again. */
      readonly type: 'phase-retry';
      readonly phase: PhaseInfo;
      readonly host: string;
      /** The number of the next try, from 2. */
      readonly attempt: number;
      readonly tries: number;
      /** Its `fix` tasks run first. */
      readonly fixing: boolean;
      readonly error: string;
      readonly time: number;
    }
  | {
      /** No host is in the phase any more. */
      readonly type: 'phase-end';
      readonly phase: PhaseInfo;
      readonly hosts: ReadonlyMap<string, PhaseResult>;
      readonly time: number;
    }
  | {
      readonly type: 'play-start';
      readonly name: string;
      /** Among the plays of the run, from 0. */
      readonly index: number;
      readonly position: Position;
      readonly hosts: readonly string[];
      readonly time: number;
      /** `free`: hosts do not wait for each other, so results of several tasks come mixed. */
      readonly strategy?: 'linear' | 'free';
      /** Name of the play that asks its hosts by this one how they are. */
      readonly partOf?: string;
      readonly checkMode?: boolean;
    }
  | { readonly type: 'no-hosts'; readonly matched: boolean }
  | { readonly type: 'task-start'; readonly task: TaskInfo; readonly hosts: readonly string[]; readonly time: number }
  | { readonly type: 'host-start'; readonly taskId: number; readonly host: string; readonly time: number }
  | ItemResult
  | HostResult
  | {
      readonly type: 'retry';
      readonly task: TaskInfo;
      readonly host: string;
      readonly left: number;
      readonly result: Dict;
      readonly item?: Value;
    }
  | {
      /** A look at a task in the background. */
      readonly type: 'poll';
      readonly state: 'running' | 'ok' | 'failed';
      readonly task: TaskInfo;
      readonly host: string;
      readonly result: Dict;
    }
  | {
      readonly type: 'included';
      readonly taskId: number;
      readonly file: string;
      readonly hosts: readonly string[];
      readonly item?: string;
    }
  | { readonly type: 'handler-notified'; readonly handler: string; readonly host: string }
  | { readonly type: 'no-hosts-left' }
  /** A command on its way to a host; only where somebody wants to know. */
  | { readonly type: 'exec'; readonly host: string; readonly command: string }
  | { readonly type: 'meta'; readonly message: string; readonly host?: string }
  | {
      readonly type: 'warning';
      readonly message: string;
      /** It is a mistake, that some hosts fail by; its message has lines of its own. */
      readonly isError?: boolean;
      readonly position?: Position;
      /** Shown below it as they are: a table. */
      readonly lines?: readonly string[];
    }
  | { readonly type: 'deprecated'; readonly message: string }
  | {
      readonly type: 'run-end';
      readonly recap: ReadonlyMap<string, Recap>;
      readonly stats: ReadonlyMap<string, Dict>;
      readonly time: number;
    };

interface ResultBase {
  readonly task: TaskInfo;
  readonly host: string;
  /** The host the work was done on, if another. */
  readonly delegatedTo?: string | undefined;
  /** Its address, where that is not its name. */
  readonly delegatedAddress?: string | undefined;
  readonly status: Status;
  /** What `register` gets: `changed`, `failed`, `msg`, `rc`, ... Censored when no_log. */
  readonly result: Dict;
  readonly diffs: readonly Diff[];
  /** In check mode: what was left out and this depends on, so that it is not known or not to be relied on. */
  readonly doubt?: string | undefined;
  /** What was (or would be) done: one phrase a change. */
  readonly changes: readonly string[];
  readonly time: number;
  /** Milliseconds. */
  readonly duration: number;
}

export interface ItemResult extends ResultBase {
  readonly type: 'item-result';
  readonly item: Value;
  /** As printed: `(item=...)`. */
  readonly label: string;
  readonly ignored: boolean;
}

export interface HostResult extends ResultBase {
  readonly type: 'host-result';
  readonly looped: boolean;
  readonly ignored: boolean;
  readonly position?: Position;
}

export type Emit = (event: Event) => void;
