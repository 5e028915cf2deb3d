import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute } from './commands.ts';
import { labError } from './errors.ts';
import { loginKeyFile, sshOptions } from './keys.ts';
import type { Lab, LabHost } from './state.ts';

/** Seconds; far more than a boot takes, for a machine that is busy. */
const PATIENCE = 180;

export interface Booting {
  isRunning(): boolean;
  /** The end of what the host said while it booted. */
  console(): string;
}

/** Waits for the host's sshd to speak, then for systemd to have started everything. */
export async function waitUntilReady(lab: Lab, host: LabHost, booting: Booting): Promise<void> {
  const deadline = Date.now() + PATIENCE * 1000;
  while (!(await greets(host.address))) {
    if (!booting.isRunning()) throw labError(`${host.name} ended while it booted:\n${booting.console()}`);
    if (Date.now() > deadline) {
      throw labError(`${host.name} did not come up within ${PATIENCE} seconds:\n${booting.console()}`);
    }
    await sleep(50);
  }
  // `degraded` is a fine answer here and gives exit code 1; only a login that fails is an error.
  const command = 'systemctl is-system-running --wait || true';
  await execute('ssh', [
    ...sshOptions(lab),
    '-i',
    loginKeyFile(lab),
    '-o',
    'BatchMode=yes',
    `root@${host.address}`,
    command,
  ]);
}

function greets(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 22, timeout: 1000 });
    const answer = (greeted: boolean) => {
      socket.destroy();
      resolve(greeted);
    };
    socket.on('data', (data) => answer(data.toString('latin1').startsWith('SSH-')));
    socket.on('timeout', () => answer(false));
    socket.on('error', () => answer(false));
    socket.on('close', () => answer(false));
  });
}
