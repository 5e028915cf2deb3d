import type { Change, Outcome } from '../model/change.ts';
import type { Completed, Script } from '../model/script.ts';
import type { Digest } from './digest.ts';
import type { LockHolder } from './host-lock.ts';

/** What `stat` knows of a path. Times are seconds with a fraction. */
export interface FileState {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'char' | 'block' | 'fifo' | 'socket';
  /** Permission bits with setuid, setgid and sticky: 0o755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names; the number as text where there is none. */
  readonly owner: string;
  readonly group: string;
  readonly size: number;
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly inode: number;
  readonly nlink: number;
  readonly device: number;
  readonly blocks: number;
  /** Text of a symbolic link. */
  readonly target?: string;
  /** Hex digest, when asked for and it is a readable file. */
  readonly checksum?: string;
}

export type { Digest };

/**
 * A host as a module's `inspect` sees it: everything here only reads. Calls made together
 * (`Promise.all`) travel together in one round trip, so ask for all you need at once.
 */
export interface HostView {
  /** Undefined if nothing is there (or its folder cannot be searched). Does not follow a link unless told. */
  stat(path: string, options?: { follow?: boolean; checksum?: Digest }): Promise<FileState | undefined>;
  /** The file with its content, links followed; undefined if it is not there. Throws if it cannot be read or is a folder. */
  read(path: string): Promise<{ readonly state: FileState; readonly content: Buffer } | undefined>;
  /** Runs a script that only looks. Not for a user's commands (those are `run` changes). */
  query(script: Script, options?: { stdin?: Buffer; timeout?: number }): Promise<Completed>;
  /** `~`, `~user` and `$VAR` in a path argument, as the remote user sees them. No round trip when there is nothing to expand. */
  expand(path: string): Promise<string>;
}

/** A host as one user, for one task: the engine's side. */
export interface Session {
  readonly view: HostView;
  apply(change: Change): Promise<Outcome>;
  /** Makes a group of `groupChanges`, up to the first that fails. */
  applyTogether(changes: readonly Change[]): Promise<Outcome[]>;
  /** Starts a command that outlives the connection. Gives how the start ended. */
  detach(change: Extract<Change, { kind: 'run' }>, job: DetachedJob): Promise<Completed>;
}

/** A command in the background of a host. */
export interface DetachedJob {
  /** Where its file stands, which says how it stands with it: absolute. */
  readonly folder: string;
  /** The file's name: letters, digits and dots. */
  readonly id: string;
  /** It is ended after so many; looked at every five. */
  readonly seconds: number;
  /** Members of the result that are known before it runs, as JSON without the braces. */
  readonly known: string;
}

export interface BecomeSettings {
  readonly method: 'sudo' | 'su' | 'doas';
  readonly user: string;
  readonly password?: string | undefined;
  readonly exe?: string | undefined;
  readonly flags?: string | undefined;
}

export interface SessionOptions {
  readonly become?: BecomeSettings | undefined;
  /** `environment:` of the task. */
  readonly environment?: ReadonlyMap<string, string> | undefined;
  /** Seconds; the remote process group is ended then. */
  readonly timeout?: number | undefined;
  /** Told of each command before it is sent, without its environment and input. */
  readonly trace?: ((command: string) => void) | undefined;
}

/** How to reach a host; from inventory, play and command line, never from facts. */
export interface ConnectionSettings {
  readonly kind: 'ssh' | 'local';
  /** Inventory name, for messages. */
  readonly name: string;
  readonly address: string;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly privateKeyFile?: string | undefined;
  readonly privateKeyPassphrase?: string | undefined;
  /** ssh options as text: common args, then extra args (`-o ProxyJump=x -F file`). */
  readonly sshArgs: readonly string[];
  readonly hostKeyChecking: boolean;
  /** Seconds to connect. */
  readonly timeout: number;
  /** Where commands start with the connection `local`; elsewhere it is the user's home. */
  readonly directory?: string | undefined;
  /** Remote shell to use: `/bin/sh` unless `ansible_shell_executable` says otherwise. */
  readonly shell?: string | undefined;
  /** Told of options that have no effect. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** One open connection; shells on it stay open. Throws TsplayError('unreachable') when it is dead. */
export interface Connection {
  readonly settings: ConnectionSettings;
  session(options?: SessionOptions): Session;
  /** Keeps other runs from the host while this connection is open. Throws TsplayError('unreachable') naming who has it. */
  lock(holder: LockHolder): Promise<void>;
  unlock(holder: LockHolder): Promise<void>;
  /** `raw`: the text given to the login shell as it is, on a channel of its own. */
  raw(command: string, options?: SessionOptions & { executable?: string }): Promise<Completed>;
  close(): Promise<void>;
}

export type { Completed, Script };
