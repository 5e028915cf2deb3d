import type { Recorder } from '../journal/types.ts';
import type { Decryption } from '../model/decryption.ts';
import type { Emit, Recap } from '../model/event.ts';
import type { Block, Play, Role, Task } from '../model/playbook.ts';
import type { Value } from '../model/value.ts';
import type { Overseer } from '../plan/overseer.ts';
import type { LoadScript } from '../playbook/content/scripts/script-loader.ts';
import type { Foreseen } from '../remote/foreseen.ts';
import type { Exchange } from '../store/exchange.ts';
import type { RunSettings } from '../vars/frame.ts';
import type { Variables } from '../vars/variables.ts';
import type { Jobs } from './background/jobs.ts';
import type { ConnectionPool } from './connections.ts';
import type { Looks } from './looks.ts';
import type { PhaseLedger } from './phases/ledger.ts';

/** What the command line says for every host unless the content says otherwise. */
export interface ConnectionDefaults {
  readonly connection?: string | undefined;
  readonly user?: string | undefined;
  readonly port?: number | undefined;
  /** Shell on the hosts. */
  readonly shell?: string | undefined;
  readonly privateKeyFile?: string | undefined;
  readonly password?: string | undefined;
  readonly sshArgs: readonly string[];
  readonly hostKeyChecking: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly become: boolean;
  readonly becomeUser?: string | undefined;
  readonly becomeMethod?: string | undefined;
  readonly becomeExe?: string | undefined;
  readonly becomeFlags?: string | undefined;
  readonly becomePassword?: string | undefined;
}

/** Reads what include_tasks and include_role name, when they run. */
export interface Loader {
  /** The file's absolute path, and its tasks. */
  tasksFile(name: string, play: Play, include: Task): Promise<{ readonly path: string; readonly block: Block }>;
  role(
    name: string,
    play: Play,
    include: Task,
    options: RoleInclude,
  ): Promise<{ readonly role: Role; readonly block: Block }>;
  /** Runs a script of the content, for what it exports. */
  readonly script: LoadScript;
  /** The file of the user's module that a name stands for; undefined for one of ours. */
  moduleSource(name: string, play: Play, task: Task): string | undefined;
}

export interface RoleInclude {
  readonly tasksFrom?: string | undefined;
  readonly varsFrom?: string | undefined;
  readonly defaultsFrom?: string | undefined;
  readonly handlersFrom?: string | undefined;
  /** Undefined: as settings have it. */
  readonly public: boolean | undefined;
  readonly allowDuplicates: boolean;
}

/** Talks to the person at the terminal. */
export interface Terminal {
  /** Somebody sits there. */
  readonly interactive: boolean;
  prompt(question: string, options: { readonly echo: boolean; readonly seconds?: number }): Promise<string>;
  /** Has a conversation of several questions, while nothing else is shown. */
  converse<T>(talk: (console: Console) => Promise<T>): Promise<T>;
}

export interface Console {
  /** A line; undefined at the end of the input. Reads also where nobody sits. */
  ask(question: string): Promise<string | undefined>;
  say(text: string): void;
}

/** What the command line says of phases, and what became of them. */
export interface PhaseChoice {
  /** Names of phases that are left out. */
  readonly skip: ReadonlySet<string>;
  /** Whether a phase that failed is mended by its `fix` tasks. */
  readonly autoFix: boolean;
  readonly ledger: PhaseLedger;
}

/** All that a run has in common; made by the CLI, and nothing of it is global. */
export interface RunContext {
  readonly variables: Variables;
  readonly decryption: Decryption;
  readonly settings: RunSettings;
  readonly defaults: ConnectionDefaults;
  readonly connections: ConnectionPool;
  /** By host: what tasks in check mode would have made of its files. */
  readonly foreseen: Map<string, Foreseen>;
  /** Which tasks told what the variables of hosts are. */
  readonly looks: Looks;
  /** What runs in the background. */
  readonly jobs: Jobs;
  /** What hosts share with each other; opened when it is first asked for. Throws TsplayError. */
  readonly exchange: () => Promise<Exchange>;
  readonly loader: Loader;
  /** Modules that must not run, also where a template names them. */
  readonly rejected: ReadonlySet<string>;
  readonly emit: Emit;
  /** What is remembered of the run, and was of an earlier part of it. */
  readonly record: Recorder;
  /** Follows the run, if somebody does. */
  readonly overseer?: Overseer | undefined;
  readonly phases: PhaseChoice;
  readonly terminal: Terminal;
  readonly forceHandlers: boolean;
  /** Whether notifying a handler that is not there ends the run; else it is a warning. */
  readonly missingHandlerIsError: boolean;
  /** A number for the next task as it comes up, from 1. */
  readonly nextTaskId: () => number;
  readonly recap: Map<string, Recap>;
  readonly stats: Map<string, Map<Value, Value>>;
  /** Whether what is sent to hosts is told. */
  readonly traced: boolean;
  /** A secret to redact from now on. */
  readonly secret: (value: string) => void;
  /** Ends the run after the tasks in flight. */
  readonly interrupted: AbortSignal;
  /** Ends it so, because somebody wants it. */
  readonly quit: () => void;
  /** Reads the inventory's sources again. */
  readonly reloadInventory: () => Promise<void>;
}
