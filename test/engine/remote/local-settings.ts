import type { ConnectionSettings } from '../../../src/engine/remote/types.ts';

/** This machine as a host. */
export const LOCAL: ConnectionSettings = {
  kind: 'local',
  name: 'localhost',
  address: 'localhost',
  sshArgs: [],
  hostKeyChecking: true,
  timeout: 10,
};
