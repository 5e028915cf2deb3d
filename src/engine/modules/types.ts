import type { Change, Diff, Outcome } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { Position } from '../model/source.ts';
import type { Raw, Scope, Value } from '../model/value.ts';
import type { HostView } from '../remote/types.ts';
import type { Exchange } from '../store/exchange.ts';
import type { JobTable } from './background/job.ts';

export type Result = Record<string, Value>;

/** What a module decided: data only. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Returned to the user beside `changed`, `diff` and `failed`. */
  readonly result?: Result | undefined;
  /** `changes.length > 0` unless said otherwise. */
  readonly changed?: boolean | undefined;
  /** A failure with its message. */
  readonly failed?: string | undefined;
  /** What check mode left out and that failure may come of, so that it tells nothing there: `an export by another task`. */
  readonly uncertain?: string | undefined;
  readonly skipped?: boolean | undefined;
  readonly warnings?: readonly string[] | undefined;
  /** Besides those of the changes. */
  readonly diffs?: readonly Diff[] | undefined;
  readonly effects?: readonly Effect[] | undefined;
}

/** The controller, as `prepare` sees it: reads files and evaluates, and changes nothing. */
export interface Controller {
  readonly scope: Scope;
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  readonly verbosity: number;
  /** What the task does is not to be shown or logged. */
  readonly noLog: boolean;
  readonly host: string;
  readonly position: Position;
  /** Finds a file of a role or play as Ansible does: `files/`, `templates/` or `vars/` of the role, then the play's. Throws TsplayError naming where it looked. */
  find(kind: 'files' | 'templates' | 'vars' | 'tasks', name: string): string;
  /** Content; a vaulted one is decrypted unless `decrypt` is false. */
  readFile(path: string, decrypt?: boolean): Buffer;
  /** Variables of a file, and whether it is vaulted. */
  readVars(path: string): { readonly vars: ReadonlyMap<string, Raw>; readonly encrypted: boolean };
  /** Renders a text as a template file is rendered (Jinja2 or, for `.hbs`, Handlebars). */
  renderFile(path: string, options?: TemplateOptions): string | Promise<string>;
  /** Evaluates an expression or condition of the playbook; a plain string is data, only Deferred values are evaluated. */
  evaluate(raw: Raw): Value;
  /** Truth of a condition; throws with its text when it cannot be evaluated. */
  holds(condition: Raw): boolean;
  /** For modules that wait or talk (pause, wait_for on the controller). */
  sleep(seconds: number): Promise<void>;
  prompt(question: string, options: { readonly echo: boolean; readonly seconds?: number }): Promise<string>;
  /** What runs in the background. */
  readonly jobs: JobTable;
  /** What hosts share with each other. Throws TsplayError if the store cannot be used. */
  exchange(): Promise<Exchange>;
  /** Aborted when the run is to end. */
  readonly interrupted: AbortSignal;
  readonly peers: Peers;
  /** A new look at the host over a fresh connection (wait_for_connection, reboot). */
  reconnect(): Promise<HostView>;
}

/** The other hosts of the play, for a task that waits for one of them. */
export interface Peers {
  /** Why a host does nothing more in this run that a task which waits now could see; undefined if it may, or is not of this play. */
  silence(host: string): string | undefined;
  /** Does something for a host that waits, so that others do not wait for it. */
  waiting<T>(host: string, work: () => Promise<T>): Promise<T>;
}

export interface TemplateOptions {
  readonly newlineSequence?: string;
  readonly trimBlocks?: boolean;
  readonly lstripBlocks?: boolean;
  readonly blockStart?: string;
  readonly blockEnd?: string;
  readonly variableStart?: string;
  readonly variableEnd?: string;
  readonly commentStart?: string;
  readonly commentEnd?: string;
  /** More variables: `ansible_managed`, `template_path`, ... are set by renderFile itself. */
  readonly vars?: ReadonlyMap<string, Raw>;
}

/** One argument of a module. Types are Ansible's. */
export interface ArgSpec {
  readonly type:
    | 'str'
    | 'bool'
    | 'int'
    | 'float'
    | 'list'
    | 'dict'
    | 'path'
    | 'raw'
    | 'bytes'
    | 'bits'
    | 'json'
    | 'jsonarg';
  readonly doc: string;
  readonly required?: boolean;
  /** What is said when it is missing, where Ansible's action has words of its own. */
  readonly requiredMessage?: string;
  readonly default?: Value;
  readonly choices?: readonly (string | number | boolean)[];
  readonly aliases?: readonly string[];
  /** Type of a list's members. */
  readonly elements?: ArgSpec['type'];
  /** Members of a dict, or of dicts in a list. */
  readonly options?: Readonly<Record<string, ArgSpec>>;
  /** Between those members. */
  readonly rules?: ArgRules;
  /** The value is a secret: redacted by value everywhere. */
  readonly noLog?: boolean;
  /** It may hold a secret, so that -vvv does not show it; what stands in it is no secret elsewhere. */
  readonly unshown?: boolean;
  /** Evaluated by the module itself (`that` of assert, `var` of debug). */
  readonly deferred?: boolean;
}

/** Rules between arguments, as in Ansible's AnsibleModule. */
export interface ArgRules {
  readonly mutuallyExclusive?: readonly (readonly string[])[];
  readonly requiredTogether?: readonly (readonly string[])[];
  readonly requiredOneOf?: readonly (readonly string[])[];
  /** [argument, value, others, any?] */
  readonly requiredIf?: readonly (readonly [string, Value, readonly string[], boolean?])[];
  readonly requiredBy?: Readonly<Record<string, readonly string[]>>;
}

export interface ModuleDefinition<A = Record<string, Value>, I = unknown, S = unknown> {
  readonly name: string;
  /** Collection it belongs to: `ansible.builtin`, `ansible.posix`, `community.general`. Found under its short and full names. */
  readonly collection: string;
  /** Other short names (`systemd` for `systemd_service`). */
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly args: Readonly<Record<string, ArgSpec>>;
  readonly rules?: ArgRules;
  /**
   * How text after the module's name is read. `command`: `_raw_params` is the command, known `key=value` words
   * (`chdir=`) are taken out. Absent: only `key=value` words.
   */
  readonly freeForm?: 'command' | 'text';
  /** A mistake in its arguments is told in the words of Ansible's actions. */
  readonly terse?: boolean;
  /** Takes any argument (set_fact, add_host). */
  readonly openArgs?: boolean;
  /** Its result is a program's own: nothing is added to it. */
  readonly ownResult?: boolean;
  /** Asks about the host as it is, also in check mode, where others see it as earlier tasks would have made it. */
  readonly asksOnly?: boolean;
  /** Needs no connection to the host at all. */
  readonly controllerOnly?: boolean;
  /** Only judges what others told: where it fails, who goes on with the run later has that told anew. */
  readonly judges?: boolean;
  /** Its changes are made in the store of what hosts share. */
  readonly shares?: boolean;
  /** Runs once for all hosts of a batch, as if `run_once` stood there (add_host, pause). */
  readonly runOnce?: boolean;
  /**
   * Who carries it on when a task says `async`. The controller unless said otherwise; the host itself, where the one
   * change is the user's own command, which may outlive the run; or nobody, as with Ansible's actions.
   */
  readonly background?: 'host' | 'never';
  /** Reads what the controller must give: files, rendered templates. Runs before inspect. */
  prepare?(controller: Controller, args: A): I | Promise<I>;
  /** Reads what the host has. */
  inspect?(host: HostView, args: A, inputs: I): S | Promise<S>;
  /**
   * What of it counts when a host is held against a plan that was made earlier: all, unless a part changes by itself
   * (a clock, a counter).
   */
  basis?(before: S): unknown;
  /** Decides, purely. */
  plan(args: A, before: S, inputs: I): Plan;
  /** After everything was applied: the result from the outcomes, in the order of `plan.changes`. May say `failed`/`changed`. */
  report?(args: A, before: S, outcomes: readonly Outcome[], inputs: I): Partial<Omit<Plan, 'changes'>>;
  /**
   * What is to be waited for once all was applied (a host that starts anew); then the result from it, as `report` gives
   * it. Not called in check mode, nor if a change failed.
   */
  afterApply?(
    controller: Controller,
    args: A,
    before: S,
    outcomes: readonly Outcome[],
  ): Promise<Partial<Omit<Plan, 'changes'>>>;
  /** Known examples, YAML; run by the documentation tests. */
  readonly examples?: string;
}
