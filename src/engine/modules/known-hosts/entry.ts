import { createHmac } from 'node:crypto';

/** A line of known_hosts(5). */
export interface HostLine {
  /** `@revoked`, `@cert-authority` or empty. */
  readonly marker: string;
  readonly hosts: string;
  readonly type: string;
  readonly key: string;
}

export function parseHostLine(line: string): HostLine | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const words = line.trim().split(/\s+/);
  const marker = words[0]!.startsWith('@') ? words.shift()! : '';
  const [hosts, type, key] = words;
  return key === undefined ? undefined : { marker, hosts: hosts!, type: type!, key };
}

/** Whether the line is the host's: by its name in a list, or by its hashed name. */
export function isHost(line: HostLine, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|(.+)$/.exec(line.hosts);
  if (hashed) return hash(name, Buffer.from(hashed[1]!, 'base64')) === hashed[2];
  return line.hosts.split(',').includes(name);
}

export function isHashed(line: HostLine): boolean {
  return line.hosts.startsWith('|1|');
}

function hash(name: string, salt: Buffer): string {
  return createHmac('sha1', salt).update(name).digest('base64');
}

/** The key's line with the name hashed, as ssh-keygen -H does. */
export function hashedLine({ marker, type, key }: HostLine, name: string, salt: Buffer): string {
  const host = `|1|${salt.toString('base64')}|${hash(name, salt)}`;
  return [...(marker ? [marker] : []), host, type, key].join(' ');
}
