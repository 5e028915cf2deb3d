import { connectionOver } from './connection.ts';
import type { Connection, ConnectionSettings } from './types.ts';

/** Opens a connection to a host. Throws TsplayError('unreachable') with ssh's reason; nothing else of the run is touched. */
export async function openConnection(settings: ConnectionSettings): Promise<Connection> {
  // Loaded when used: a local run never needs ssh.
  if (settings.kind === 'local') {
    const { openLocal } = await import('./connections/local.ts');
    return connectionOver(openLocal(settings.directory), settings);
  }
  const { openSsh } = await import('./connections/ssh.ts');
  return connectionOver(await openSsh(settings), settings);
}
