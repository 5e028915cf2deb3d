import type { BecomeSettings, ConnectionSettings, SessionOptions } from '../../remote/types.ts';
import type { Doer } from '../types.ts';

/** How a host was reached when it was changed, so that it can be taken back in the same way. Holds passwords: sealed. */
export interface Reach {
  readonly connection: ConnectionSettings;
  readonly session: SessionOptions;
}

export function reachText({ connection, session }: Doer): string {
  const { warn: _, ...settings } = connection;
  const environment = [...(session.environment ?? [])];
  return JSON.stringify({ connection: settings, become: session.become, environment });
}

export function readReach(text: string): Reach {
  const { connection, become, environment } = JSON.parse(text) as {
    connection: ConnectionSettings;
    become?: BecomeSettings;
    environment: [string, string][];
  };
  return { connection, session: { become, environment: new Map(environment) } };
}
