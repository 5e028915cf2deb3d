import { createHmac, randomBytes } from 'node:crypto';
import { matchPatterns } from './config.ts';

/** One line of a known_hosts file. */
export interface KnownKey {
  readonly marker: 'revoked' | 'cert-authority' | undefined;
  readonly hosts: string;
  /** `ssh-ed25519` and so on, as the key itself says. */
  readonly type: string;
  readonly key: Buffer;
  /** `file:line`, for messages. */
  readonly place: string;
}

/** What known_hosts says of a key. `changed` names the line that says otherwise. */
export type Verdict =
  | { readonly status: 'known' }
  | { readonly status: 'new' }
  | { readonly status: 'changed' | 'revoked'; readonly by: KnownKey };

/** Reads a known_hosts file; lines that make no sense are left out, as ssh does. */
export function parseKnownHosts(text: string, file: string): KnownKey[] {
  return text.split('\n').flatMap((line, index) => {
    const words = line.trim().split(/[ \t]+/);
    if (words[0] === '' || words[0]?.startsWith('#')) return [];
    const marker = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined;
    if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return [];
    const [hosts, type, base64] = words;
    if (!hosts || !type || !base64) return [];
    const key = Buffer.from(base64, 'base64');
    return keyType(key) === type ? [{ marker, hosts, type, key, place: `${file}:${index + 1}` }] : [];
  });
}

/** The name under which a host's keys are kept: `[host]:port` unless the port is 22. */
export function knownHostsName(host: string, port: number): string {
  const lower = host.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}

/** Keys of the lines that are for this name. */
export function keysFor(keys: readonly KnownKey[], name: string): KnownKey[] {
  return keys.filter((known) => namesHost(known.hosts, name));
}

/** Judges a host's (plain) key as ssh does. A key that is revoked anywhere for this host is never good. */
export function judge(keys: readonly KnownKey[], name: string, key: Buffer): Verdict {
  const type = keyType(key);
  const mine = keysFor(keys, name);
  const revoked = mine.find((known) => known.marker === 'revoked' && known.key.equals(key));
  if (revoked) return { status: 'revoked', by: revoked };
  const plain = mine.filter((known) => known.marker === undefined);
  if (plain.some((known) => known.key.equals(key))) return { status: 'known' };
  // Known by a key of another type alone counts as changed too: that may be all an impostor could offer.
  const other = plain.find((known) => known.type === type) ?? plain[0];
  return other ? { status: 'changed', by: other } : { status: 'new' };
}

/** A line to remember a key. */
export function knownHostsLine(name: string, key: Buffer, hashed: boolean): string {
  return `${hashed ? hashName(name, randomBytes(20)) : name} ${keyType(key)} ${key.toString('base64')}\n`;
}

/** The algorithm that the blob of a public key names. */
export function keyType(key: Buffer): string {
  if (key.length < 4) return '';
  const length = key.readUInt32BE(0);
  return length > key.length - 4 ? '' : key.toString('latin1', 4, 4 + length);
}

function namesHost(hosts: string, name: string): boolean {
  if (!hosts.startsWith('|1|')) return matchPatterns(hosts.toLowerCase().split(','), name);
  const [, , salt, hash] = hosts.split('|');
  if (!salt || !hash) return false;
  return hashName(name, Buffer.from(salt, 'base64')) === `|1|${salt}|${hash}`;
}

function hashName(name: string, salt: Buffer): string {
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}
