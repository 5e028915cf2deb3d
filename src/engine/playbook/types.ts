import type { Decryption } from '../model/decryption.ts';
import type { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Raw, Scope } from '../model/value.ts';
import type { ContentFolders } from './content/folders.ts';

/** What loading must know of a module. */
export interface ActionInfo {
  /** Canonical name, as the registry has it. */
  readonly name: string;
  readonly freeForm?: 'command' | 'text' | undefined;
  readonly args: Readonly<Record<string, { readonly deferred?: boolean | undefined }>>;
  /** The file of a module of the user; absolute. */
  readonly source?: string | undefined;
}

/** The modules there are; the registry lies above this room and is handed in. */
export interface ActionTable {
  /** Finds a module by its short, collection or legacy name. */
  resolve(name: string): ActionInfo | undefined;
  /** The collection of a module that content may rightly name and `resolve` does not find: one of the world's, not built in. */
  knownIn?(name: string): string | undefined;
  /** Short names, to suggest from. */
  names(): Iterable<string>;
}

/** What a warning is about, where somebody may want to treat it in a way of its own. */
export type WarningTopic = 'duplicate-key' | 'unavailable-module' | 'python-plugin';

export interface LoadOptions {
  readonly actions: ActionTable;
  /** Names of lookups for `with_*`. */
  hasLookup(name: string): boolean;
  /** Where templated names of imports and roles are evaluated; without it such a name is an error. */
  readonly scope?: Scope | undefined;
  /** Variables of the command line: they win over those of plays and roles. */
  readonly extraVars?: ReadonlyMap<string, Raw> | undefined;
  /** Configured folders of roles (ANSIBLE_ROLES_PATH); `~` is the user's home. */
  readonly rolePaths?: readonly string[] | undefined;
  /** Folders of roles to search after the configured ones: those of the current folder, and those that come with tsplay. */
  readonly ownRolePaths?: readonly string[] | undefined;
  /** Folders in which `ansible_collections` lies. */
  readonly collectionsPaths?: readonly string[] | undefined;
  /** Where modules and plugins of the user lie; what is read adds to it. */
  readonly content?: ContentFolders | undefined;
  /** Whether roles keep defaults and vars to themselves unless `public` says; by default only included ones do. */
  readonly privateRoleVars?: boolean | undefined;
  /** Content of a file as it stands there. */
  readonly readFile?: ((path: string) => Buffer) | undefined;
  /** What becomes of encrypted content; without it such content is refused. */
  readonly decryption?: Decryption | undefined;
  readonly onWarning?:
    | ((message: string, position: Position | undefined, topic: WarningTopic | undefined) => void)
    | undefined;
  /**
   * Takes an error, and loading goes on without what was wrong (lint wants all errors of a file). Without it the
   * first error is thrown.
   */
  readonly onError?: ((error: TsplayError) => void) | undefined;
  /** A file was read (for lint and file lists); absolute path. */
  readonly onFile?: ((path: string) => void) | undefined;
}
