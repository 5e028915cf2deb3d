import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  judge,
  type KnownKey,
  keysFor,
  keyType,
  knownHostsLine,
  knownHostsName,
  parseKnownHosts,
} from './known-hosts.ts';
import type { SshOptions } from './options.ts';

/** Whether a host may be talked to, decided before anything secret is sent. */
export interface HostKeyDecision {
  readonly accepted: boolean;
  /** Accepted without knowing the key: then no password and no agent may go there. */
  readonly unsafe: boolean;
  /** Why not, in ssh's words. */
  readonly reason?: string;
}

export interface HostKeyCheck {
  /** Algorithms to ask for, those of known keys first, so that a key is compared that we know. */
  readonly algorithms: readonly string[];
  decide(key: Buffer): HostKeyDecision;
}

/** ssh's order of preference, of what the library can verify. */
const ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** Prepares the check of one host's key against known_hosts. */
export function hostKeyCheck(options: SshOptions): HostKeyCheck {
  const keys = [...options.userKnownHosts, ...options.globalKnownHosts].flatMap(readKnownHosts);
  const name = options.hostKeyAlias?.toLowerCase() ?? knownHostsName(options.host, options.port);
  return {
    algorithms: preferKnown(options, keysFor(keys, name)),
    decide: (key) => decide(options, keys, name, key),
  };
}

function decide(options: SshOptions, keys: readonly KnownKey[], name: string, key: Buffer): HostKeyDecision {
  const verdict = judge(keys, name, key);
  const type = keyType(key);
  if (verdict.status === 'known') return { accepted: true, unsafe: false };
  if (verdict.status === 'new') {
    // A key kept without its port is good for any port, as with ssh; one that differs there says nothing.
    const bare = options.host.toLowerCase();
    if (options.hostKeyAlias === undefined && bare !== name && judge(keys, bare, key).status === 'known') {
      return { accepted: true, unsafe: false };
    }
    if (options.strict === 'accept-new' || options.strict === 'no') {
      remember(options, knownHostsLine(name, key, options.hashKnownHosts));
      return { accepted: true, unsafe: false };
    }
    return refuse(
      `No ${type} host key is known for ${name} and host key checking is on: its key is ${fingerprint(key)}`,
    );
  }
  if (options.strict === 'no') return { accepted: true, unsafe: true };
  return verdict.status === 'revoked'
    ? refuse(`The ${type} host key of ${name} is marked as revoked in ${verdict.by.place}`)
    : refuse(
        `REMOTE HOST IDENTIFICATION HAS CHANGED: the ${type} host key of ${name} is ${fingerprint(key)}, not the one in ${verdict.by.place}`,
      );
}

function refuse(reason: string): HostKeyDecision {
  return { accepted: false, unsafe: false, reason };
}

function preferKnown(options: SshOptions, known: readonly KnownKey[]): string[] {
  if (options.hostKeyAlgorithms) return options.hostKeyAlgorithms.filter((name) => ALGORITHMS.includes(name));
  const types = new Set(known.filter(({ marker }) => marker === undefined).map(({ type }) => type));
  const isKnown = (name: string) => types.has(name.startsWith('rsa-sha2') ? 'ssh-rsa' : name);
  return [...ALGORITHMS.filter(isKnown), ...ALGORITHMS.filter((name) => !isKnown(name))];
}

function readKnownHosts(file: string): KnownKey[] {
  try {
    return parseKnownHosts(readFileSync(file, 'utf8'), file);
  } catch {
    return [];
  }
}

/** Best effort, as with ssh: a file that cannot be written must not stop the run. */
function remember({ userKnownHosts }: SshOptions, line: string): void {
  const file = userKnownHosts[0];
  if (!file) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    appendFileSync(file, line, { mode: 0o600 });
  } catch {
    // read-only home
  }
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
