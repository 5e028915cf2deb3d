import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute } from './commands.ts';
import { labError } from './errors.ts';
import { readIfThere, writeWhole } from './files.ts';
import { labAddress } from './network.ts';
import { killAll, runningProcess, startDetached } from './processes.ts';
import type { Lab } from './state.ts';

const PORT = 3142;

/** Address of the proxy through which apt of the hosts reaches its archives; they have no other way out. */
export function proxyUrl(lab: Lab): string {
  return `http://${labAddress(lab.subnet, 1)}:${PORT}`;
}

/** Starts tinyproxy on the lab's bridge, unless it runs. */
export async function ensureProxy(lab: Lab): Promise<void> {
  if (runningProcess(identityFile(lab)) !== undefined) return;
  const listen = labAddress(lab.subnet, 1);
  const config = join(lab.folder, 'tinyproxy.conf');
  const lines = [`Port ${PORT}`, `Listen ${listen}`, 'Timeout 600', 'MaxClients 200', 'LogLevel Warning'];
  lines.push(`Allow ${labAddress(lab.subnet, 0)}/24`, ...(await upstream()));
  writeWhole(config, lines.map((line) => `${line}\n`).join(''));
  startDetached('tinyproxy', ['-d', '-c', config], join(lab.folder, 'tinyproxy.log'), identityFile(lab));
  for (let tries = 0; !(await answers(listen)); tries++) {
    const log = join(lab.folder, 'tinyproxy.log');
    if (tries === 100) throw labError(`tinyproxy does not answer on ${listen}:${PORT}: ${readIfThere(log)?.trim()}`);
    await sleep(50);
  }
}

export async function stopProxy(lab: Lab): Promise<void> {
  const pid = runningProcess(identityFile(lab));
  if (pid !== undefined) await killAll([pid]);
}

function identityFile(lab: Lab): string {
  return join(lab.folder, 'tinyproxy.process');
}

/** Where this machine's own apt goes through a proxy, the hosts' does too. */
async function upstream(): Promise<string[]> {
  const settings = await execute('apt-config', ['dump', '--format', '%v%n', 'Acquire::http::Proxy']);
  const proxy = settings.trim() || process.env['http_proxy'] || '';
  const [, user, server] = /^http:\/\/(?:([^@/]*)@)?([^/@]+:\d+)\/?$/.exec(proxy) ?? [];
  return server ? [`Upstream http ${user ? `${user}@` : ''}${server}`] : [];
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(PORT, address);
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
