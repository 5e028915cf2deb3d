import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const SSHD = '/usr/sbin/sshd';

/** Whether real ssh can be tried here; says so loudly if not. */
export const hasSshd = existsSync(SSHD) && existsSync('/usr/bin/ssh') && existsSync('/usr/bin/ssh-keygen');
if (!hasSshd) process.stderr.write('SKIPPED: tests with a real sshd (install openssh-server and openssh-client)\n');

/** An sshd of the current user on a loopback port, with a key that may log in. */
export interface Sshd {
  readonly folder: string;
  readonly port: number;
  readonly user: string;
  /** Private key of a user who may log in. */
  readonly key: string;
  /** Public host key: `ssh-ed25519 AAAA...`. */
  hostKey(type: 'ed25519' | 'ecdsa'): string;
  /** Process id of the listening sshd. */
  readonly pid: number;
  stop(): void;
}

export async function startSshd(lines: readonly string[] = []): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  for (const [name, type] of [
    ['key', 'ed25519'],
    ['host_ed25519', 'ed25519'],
    ['host_ecdsa', 'ecdsa'],
  ]) {
    execFileSync('ssh-keygen', ['-q', '-t', type as string, '-N', '', '-C', '', '-f', join(folder, name as string)]);
  }
  const port = await freePort();
  const config = join(folder, 'sshd_config');
  const authorized = join(folder, 'authorized_keys');
  writeFileSync(authorized, readFileSync(join(folder, 'key.pub')));
  const options = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host_ed25519')}`,
    `HostKey ${join(folder, 'host_ecdsa')}`,
    `AuthorizedKeysFile ${authorized}`,
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    `PidFile ${join(folder, 'pid')}`,
    ...lines,
  ];
  writeFileSync(config, `${options.join('\n')}\n`);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const child = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(child);
  return {
    folder,
    port,
    user: userInfo().username,
    key: join(folder, 'key'),
    hostKey: (type) => readFileSync(join(folder, `host_${type}.pub`), 'utf8').trim(),
    pid: child.pid ?? 0,
    stop: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Server listening')) resolve();
    });
    child.once('exit', () => reject(new Error(`sshd did not start: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
