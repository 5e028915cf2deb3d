import { applyChange, applyGroup } from './apply/apply.ts';
import { detach } from './apply/detach.ts';
import { downloader } from './apply/download.ts';
import { uploader } from './apply/upload.ts';
import type { Transport } from './connections/transport.ts';
import { lockHost, unlockHost } from './host-lock.ts';
import { runRaw } from './raw.ts';
import { Runner } from './runner.ts';
import { ShellPool } from './shell/pool.ts';
import type { Connection, ConnectionSettings, Session, SessionOptions } from './types.ts';
import { hostView } from './view.ts';

/** A connection over any transport. */
export function connectionOver(transport: Transport, settings: ConnectionSettings): Connection {
  const pool = new ShellPool(transport, settings);
  return {
    settings,
    session: (options = {}) => openSession(pool, transport, settings, options),
    lock: async (holder) => lockHost(await pool.get(undefined), settings.name, holder),
    unlock: async (holder) => unlockHost(await pool.get(undefined), holder),
    raw: (command, options = {}) => runRaw(transport, command, options, settings.timeout),
    close: async () => {
      await pool.close();
      await transport.close();
    },
  };
}

function openSession(
  pool: ShellPool,
  transport: Transport,
  settings: ConnectionSettings,
  options: SessionOptions,
): Session {
  const runner = new Runner(pool, options);
  const { become } = options;
  const transfers = {
    upload: uploader(transport, become, settings.timeout),
    download: downloader(transport, become, settings.timeout),
  };
  return {
    view: hostView(runner),
    apply: (change) => applyChange(change, runner, transfers),
    applyTogether: (changes) => applyGroup(changes, runner, transfers),
    detach: (change, job) => detach(change, job, runner),
  };
}
