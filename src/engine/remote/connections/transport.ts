import type { Readable, Writable } from 'node:stream';

/** How a process ended, as far as it is known. */
export interface Exit {
  /** Undefined if it ended by a signal or nobody told. */
  readonly code: number | undefined;
  readonly signal?: string | undefined;
}

/** A process on the host with its three streams. */
export interface Pipe {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles (never rejects) once the streams are closed. */
  readonly closed: Promise<Exit>;
  /** Asks for a signal, best effort. */
  kill(signal: 'TERM' | 'KILL' | 'INT'): void;
  /** Lets go of it at once. */
  destroy(): void;
}

/** What a kind of connection must give; shells, become and transfers are built on this alone. */
export interface Transport {
  /** Runs a command line with the user's login shell (ssh) or `/bin/sh` (local). Throws TsplayError('unreachable'). */
  start(command: string): Promise<Pipe>;
  /** Why the connection is dead, once it is. */
  failure(): Error | undefined;
  close(): Promise<void>;
}
