import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './commands.ts';
import { readIfThere, writeWhole } from './files.ts';
import { hostFolder, type Lab, type LabHost } from './state.ts';

/** Key with which this machine logs in to the lab's hosts. */
export function loginKeyFile(lab: Lab): string {
  return join(lab.folder, 'id_ed25519');
}

/** The hosts' real keys, so that their checking stays on. */
export function knownHostsFile(lab: Lab): string {
  return join(lab.folder, 'known_hosts');
}

/** A host keeps its key through every reset. */
export function hostKeyFile(lab: Lab, host: LabHost): string {
  return join(hostFolder(lab, host), 'ssh_host_ed25519_key');
}

export async function ensureHostKey(lab: Lab, host: LabHost): Promise<void> {
  mkdirSync(hostFolder(lab, host), { recursive: true, mode: 0o700 });
  await ensureKey(hostKeyFile(lab, host), `root@${host.name}`);
}

/** Makes a key pair unless it is there. */
export async function ensureKey(path: string, comment: string): Promise<void> {
  if (existsSync(`${path}.pub`)) return;
  const input = existsSync(path) ? 'y\n' : ''; // half a pair was left: overwrite it
  await execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', path], { input });
}

export function writeKnownHosts(lab: Lab): void {
  const lines = lab.hosts.flatMap((host) => {
    const [type, key] = readIfThere(`${hostKeyFile(lab, host)}.pub`)?.split(' ') ?? [];
    return key ? [`${host.address} ${type} ${key}`] : [];
  });
  writeWhole(knownHostsFile(lab), lines.map((line) => `${line}\n`).join(''));
}

/** Options of `ssh` for the hosts of a lab. */
export function sshOptions(lab: Lab): string[] {
  return [
    ...['-o', `UserKnownHostsFile=${knownHostsFile(lab)}`],
    ...['-o', 'GlobalKnownHostsFile=/dev/null'],
    ...['-o', 'StrictHostKeyChecking=yes'],
    ...['-o', 'IdentitiesOnly=yes'],
  ];
}
