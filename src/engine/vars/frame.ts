import type { Play, Role } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';

/** What of the command line is seen by playbooks. */
export interface RunSettings {
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  readonly forks: number;
  readonly limit: string | undefined;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly verbosity: number;
  readonly version: string;
  /** `ssh` unless the command line says otherwise. */
  readonly connection: string;
}

/** A play while it runs: the part of it that variables depend on. Lists of hosts change as hosts fail. */
export interface PlayFrame {
  readonly play: Play;
  readonly settings: RunSettings;
  /** Answers to vars_prompt. */
  readonly prompts: ReadonlyMap<string, Raw>;
  /** Roles whose defaults and vars the whole play sees, in their order, dependencies first. */
  readonly roles: readonly Role[];
  /** All hosts of the play, also those that failed. */
  readonly allHosts: readonly string[];
  /** Those that still go on. */
  activeHosts(): readonly string[];
  /** Those of the current batch that still go on. */
  activeBatch(): readonly string[];
}
