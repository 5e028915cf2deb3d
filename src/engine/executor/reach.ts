import { openConnection } from '../remote/open.ts';
import type { Connection, ConnectionSettings, Session, SessionOptions } from '../remote/types.ts';
import type { ConnectionPool } from './connections.ts';

/** One task's way to a host. */
export interface Reach {
  open(): Promise<Session>;
  /** Gives the connection up: the next `open` makes a new one. */
  drop(): Promise<void>;
}

/** Over the connection that all tasks share. Settings and options are asked for when the host is needed. */
export function sharedReach(
  pool: ConnectionPool,
  settings: () => ConnectionSettings,
  options: () => SessionOptions,
): Reach {
  return {
    open: async () => (await pool.get(settings())).session(options()),
    drop: () => pool.drop(settings()),
  };
}

/** Over a connection of its own, which waits for nobody and which nobody waits for. To be dropped when it is over. */
export function ownReach(settings: () => ConnectionSettings, options: () => SessionOptions): Reach {
  let connection: Promise<Connection> | undefined;
  return {
    open: async () => {
      connection ??= openConnection(settings());
      return (await connection).session(options());
    },
    drop: async () => {
      const given = connection;
      connection = undefined;
      await given?.then((open) => open.close()).catch(() => undefined);
    },
  };
}
