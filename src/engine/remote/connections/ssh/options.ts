import { existsSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConnectionSettings } from '../../types.ts';
import { splitWords } from '../../words.ts';
import { parseSshArgs, type SshArgs } from './args.ts';
import { type Config, readConfig, setOption } from './config.ts';
import { unreachable } from './errors.ts';

export interface SshOptions {
  /** As named, for messages and `%n`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly strict: 'yes' | 'ask' | 'accept-new' | 'no';
  readonly hostKeyAlias: string | undefined;
  readonly userKnownHosts: readonly string[];
  readonly globalKnownHosts: readonly string[];
  readonly hashKnownHosts: boolean;
  readonly hostKeyAlgorithms: readonly string[] | undefined;
  /** Named by somebody; they are tried before the agent's other keys. */
  readonly identityFiles: readonly string[];
  /** Tried if nobody names one. */
  readonly defaultIdentities: readonly string[];
  readonly identitiesOnly: boolean;
  /** Socket of the agent. */
  readonly agent: string | undefined;
  readonly forwardAgent: boolean;
  readonly pubkey: boolean;
  readonly passwordAuthentication: boolean;
  readonly keyboardInteractive: boolean;
  readonly addressFamily: 'any' | 'inet' | 'inet6';
  readonly bindAddress: string | undefined;
  readonly proxyJump: readonly string[];
  readonly proxyCommand: string | undefined;
  /** Seconds. */
  readonly connectTimeout: number;
  readonly aliveInterval: number;
  readonly aliveCount: number;
  /** Methods to use, in order, if somebody chose. */
  readonly preferred: readonly string[] | undefined;
  readonly warnings: readonly string[];
}

/** Seconds between signs of life, unless said otherwise: a cut line shows within a minute. */
const ALIVE_INTERVAL = 10;

/** About ssh's own process or sharing of connections, which we do anyway, or about what we never do: not worth a word. */
const IGNORED = new Set([
  ...[
    'addkeystoagent',
    'batchmode',
    'canonicalizehostname',
    'checkhostip',
    'clearallforwardings',
    'connectionattempts',
  ],
  ...[
    'controlmaster',
    'controlpath',
    'controlpersist',
    'escapechar',
    'exitonforwardfailure',
    'forkafterauthentication',
  ],
  ...[
    'forwardx11',
    'forwardx11trusted',
    'gssapiauthentication',
    'gssapidelegatecredentials',
    'hostbasedauthentication',
  ],
  ...['ipqos', 'loglevel', 'numberofpasswordprompts', 'permitlocalcommand', 'requesttty', 'sessiontype', 'stdinnull'],
  ...['tcpkeepalive', 'updatehostkeys', 'verifyhostkeydns', 'visualhostkey'],
]);

/**
 * What ssh would do for a host: the inventory's own settings first, then the arguments as text, then the user's and the
 * system's configuration. Options that cannot be honoured come back as warnings.
 */
export function resolveOptions(settings: ConnectionSettings): SshOptions {
  const args = parseSshArgs(settings.sshArgs);
  const [stray] = args.stray;
  if (stray !== undefined) {
    throw unreachable(`"${stray}" in the ssh arguments is no option`, {
      hint: 'ssh would take it for the host; put a - in front, or take it out',
    });
  }
  const config: Config = new Map();
  if (settings.port !== undefined) setOption(config, 'port', String(settings.port));
  if (settings.user !== undefined) setOption(config, 'user', settings.user);
  if (settings.privateKeyFile !== undefined) setOption(config, 'identityfile', settings.privateKeyFile);
  if (!settings.hostKeyChecking) setOption(config, 'stricthostkeychecking', 'no');
  for (const [name, value] of args.options) setOption(config, name, value);
  if (args.configFile !== undefined) readConfig(config, tilde(args.configFile), settings.address);
  else {
    readConfig(config, join(homedir(), '.ssh/config'), settings.address);
    readConfig(config, '/etc/ssh/ssh_config', settings.address);
  }
  return interpret(config, settings, args);
}

function interpret(config: Config, settings: ConnectionSettings, args: SshArgs): SshOptions {
  const taken = new Set<string>();
  const text = (name: string): string | undefined => {
    taken.add(name);
    return config.get(name)?.[0];
  };
  const yes = (name: string, byDefault: boolean): boolean => {
    const value = text(name)?.toLowerCase();
    return value === undefined ? byDefault : value === 'yes' || value === 'true';
  };
  const number = (name: string, byDefault: number): number => {
    const value = Number.parseInt(text(name) ?? '', 10);
    return Number.isNaN(value) ? byDefault : value;
  };
  const original = settings.address;
  const host = (text('hostname') ?? original).replaceAll('%h', original).replaceAll('%%', '%');
  const port = number('port', 22);
  const user = text('user') ?? userInfo().username;
  const fill = (value: string) => expandTokens(value, { host, original, port, user });
  const files = (name: string, byDefault: string) =>
    splitWords(text(name) ?? byDefault)
      .filter((file) => file !== 'none')
      .map(fill);
  taken.add('identityfile');
  const jump = text('proxyjump');
  const command = text('proxycommand');
  const agent = text('identityagent');
  const algorithms = text('hostkeyalgorithms');
  const options = {
    name: original,
    host,
    port,
    user,
    strict: strictness(text('stricthostkeychecking')),
    hostKeyAlias: text('hostkeyalias'),
    userKnownHosts: files('userknownhostsfile', '~/.ssh/known_hosts ~/.ssh/known_hosts2'),
    globalKnownHosts: files('globalknownhostsfile', '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2'),
    hashKnownHosts: yes('hashknownhosts', false),
    hostKeyAlgorithms: algorithms !== undefined && /^[a-z]/.test(algorithms) ? algorithms.split(',') : undefined,
    identityFiles: (config.get('identityfile') ?? []).filter((file) => file !== 'none').map(fill),
    defaultIdentities: config.has('identityfile') ? [] : defaultIdentities(),
    identitiesOnly: yes('identitiesonly', false),
    agent: agentSocket(agent === undefined ? undefined : fill(agent)),
    forwardAgent: yes('forwardagent', false),
    pubkey: yes('pubkeyauthentication', true),
    passwordAuthentication: yes('passwordauthentication', true),
    keyboardInteractive: yes('kbdinteractiveauthentication', true),
    addressFamily: family(text('addressfamily')),
    bindAddress: text('bindaddress'),
    // Whichever of the two was named first counts; naming one as `none` turns both off.
    proxyJump:
      jump === undefined || jump === 'none' || precedes(config, 'proxycommand', 'proxyjump') ? [] : jump.split(','),
    proxyCommand:
      command === undefined || command === 'none' || precedes(config, 'proxyjump', 'proxycommand')
        ? undefined
        : fill(command),
    connectTimeout: number('connecttimeout', settings.timeout),
    aliveInterval: number('serveraliveinterval', ALIVE_INTERVAL),
    preferred: text('preferredauthentications')?.split(','),
    aliveCount: number('serveralivecountmax', 3),
  };
  // Only what was said for this run: a configuration file is shared with ssh and may say more.
  const strange = args.options.map(([name]) => name).filter((name) => !taken.has(name) && !IGNORED.has(name));
  const warnings = [...args.unknown, ...new Set(strange)].map((name) => `ssh option ${name} has no effect`);
  return { ...options, warnings };
}

function precedes(config: Config, first: string, second: string): boolean {
  const names = [...config.keys()];
  const at = names.indexOf(first);
  return at >= 0 && at < names.indexOf(second);
}

function strictness(value: string | undefined): SshOptions['strict'] {
  switch (value?.toLowerCase()) {
    case 'yes':
    case 'true':
      return 'yes';
    case 'no':
    case 'off':
    case 'false':
      return 'no';
    case 'accept-new':
      return 'accept-new';
    default:
      return 'ask';
  }
}

function family(value: string | undefined): SshOptions['addressFamily'] {
  return value === 'inet' || value === 'inet6' ? value : 'any';
}

function agentSocket(value: string | undefined): string | undefined {
  if (value === 'none') return undefined;
  if (value === undefined || value === 'SSH_AUTH_SOCK') return process.env['SSH_AUTH_SOCK'] || undefined;
  return value.startsWith('$') ? process.env[value.slice(1)] || undefined : value;
}

function defaultIdentities(): string[] {
  return ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => join(homedir(), '.ssh', name)).filter(existsSync);
}

interface Tokens {
  readonly host: string;
  readonly original: string;
  readonly port: number;
  readonly user: string;
}

function expandTokens(value: string, { host, original, port, user }: Tokens): string {
  const local = userInfo();
  const known: Record<string, string> = {
    '%': '%',
    d: local.homedir,
    h: host,
    i: String(local.uid),
    k: host,
    L: hostname().split('.')[0] as string,
    l: hostname(),
    n: original,
    p: String(port),
    r: user,
    u: local.username,
  };
  return tilde(value)
    .replace(/%(.)/g, (whole, letter: string) => known[letter] ?? whole)
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => process.env[name] ?? whole);
}

function tilde(path: string): string {
  return path.replace(/^~(?=\/|$)/, homedir());
}
