import type { Play, Role } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';

/** What of the command line is seen by playbooks. */
export interface RunSettings {
  readonly checkMode: boolean;
  /** The check is to be a plan of a run. */
  readonly planning?: boolean;
  readonly diffMode: boolean;
  readonly forks: number;
  readonly limit: string | undefined;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly verbosity: number;
  readonly version: string;
  /** Inventory sources as they were given. */
  readonly inventorySources: readonly string[];
  /** `ssh` unless the command line says otherwise. */
  readonly connection: string;
  /** For plays that name none. */
  readonly strategy: string;
  /** Whether plays gather facts that do not say; `smart`: from hosts that gave none yet. */
  readonly gathering: 'implicit' | 'explicit' | 'smart';
  /** Where neither task, block nor play says. */
  readonly noLog: boolean;
  readonly anyErrorsFatal: boolean;
  /** Whether failures start the debugger where no `debugger` says. */
  readonly debuggerEnabled: boolean;
  /** Whether it leaves failures alone that are ignored. */
  readonly debuggerIgnoresErrors: boolean;
  /** Seconds between looks at a task in the background that does not say. */
  readonly pollInterval: number;
  /** Folder on hosts for the files of such tasks. */
  readonly asyncDir: string;
  /** Seconds for a task that names no `timeout`; 0 for any time. */
  readonly taskTimeout: number;
  /** The login password that was asked for; content may hand it on. */
  readonly password: string | undefined;
  /** The ansible.cfg that was read. */
  readonly configFile: string | undefined;
}

/** A play while it runs: the part of it that variables depend on. Lists of hosts change as hosts fail. */
export interface PlayFrame {
  readonly play: Play;
  readonly settings: RunSettings;
  /** Answers to vars_prompt. */
  readonly prompts: ReadonlyMap<string, Raw>;
  /** Roles whose defaults and vars the whole play sees, in their order, dependencies first. */
  readonly roles: readonly Role[];
  /** Roles that the play names, imports and includes, each time it does so. */
  readonly namedRoles: readonly Role[];
  /** All hosts of the play, also those that failed. */
  readonly allHosts: readonly string[];
  /** Those that still go on. */
  activeHosts(): readonly string[];
  /** Those of the current batch that still go on. */
  activeBatch(): readonly string[];
}
