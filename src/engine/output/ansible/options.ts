import type { Palette } from './paint.ts';

/** How Ansible's default callback is asked to write; the names of its settings stand in docs/output.md. */
export interface CallbackOptions {
  /** Number of `-v`. */
  readonly verbosity: number;
  /** Diffs of tasks that do not say themselves whether theirs are wanted. */
  readonly diff: boolean;
  /** What relative paths are relative to. */
  readonly directory?: string;
  /** The ansible.cfg that was read, which is said from `-v` on. */
  readonly configFile?: string | undefined;
  readonly showOk?: boolean;
  readonly showSkipped?: boolean;
  readonly failedToStderr?: boolean;
  readonly checkMarkers?: boolean;
  readonly customStats?: boolean;
  readonly perHostStart?: boolean;
  readonly pathOnFailure?: boolean;
  readonly format?: 'json' | 'yaml';
  /** Results over several lines; undefined: what suits the format. */
  readonly pretty?: boolean | undefined;
  readonly colors?: boolean;
  /** Colours that somebody wants instead of Ansible's. */
  readonly palette?: Palette;
  readonly showDeprecations?: boolean;
  /** Lines around what differs. */
  readonly diffContext?: number;
  /** Say on standard error where a failed task stands; a line that Ansible does not write. */
  readonly positions?: boolean;
}
