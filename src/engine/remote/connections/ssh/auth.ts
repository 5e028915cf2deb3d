import { readFileSync } from 'node:fs';
import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2';
import type { ConnectionSettings } from '../../types.ts';
import type { SshOptions } from './options.ts';

const { utils } = ssh2;

export interface Authentication {
  /** In the order to try; `none` is never asked, which spares a round trip. */
  readonly methods: readonly AnyAuthMethod[];
  /** Keys that could not be used and why, for the message when all fails. */
  readonly notes: readonly string[];
}

/** What we can prove ourselves with. `trusted` is false for a host whose key changed: then only keys of files are used. */
export function authentication(options: SshOptions, settings: ConnectionSettings, trusted: boolean): Authentication {
  const username = options.user;
  const methods: AnyAuthMethod[] = [];
  const notes: string[] = [];
  const useAgent = options.agent !== undefined && trusted;
  if (options.pubkey) {
    const files = options.identityFiles.length > 0 ? options.identityFiles : options.defaultIdentities;
    for (const file of files) {
      const loaded = loadKey(file, settings.privateKeyPassphrase);
      if (typeof loaded === 'string') notes.push(loaded);
      else methods.push({ type: 'publickey', username, key: loaded });
    }
    const agent = { type: 'agent', username, agent: options.agent ?? '' } as const;
    if (useAgent && !(options.identitiesOnly && notes.length === 0)) {
      // Keys that somebody named go first, so that the server's limit of attempts is not used up by others.
      if (options.identityFiles.length > 0) methods.push(agent);
      else methods.unshift(agent);
    }
  }
  const { password } = settings;
  if (password !== undefined && trusted) {
    if (options.passwordAuthentication) methods.push({ type: 'password', username, password });
    if (options.keyboardInteractive) methods.push(interactive(username, password));
  }
  const chosen = inPreferredOrder(methods, options.preferred);
  return { methods: chosen.length > 0 ? chosen : [{ type: 'none', username }], notes };
}

function inPreferredOrder(
  methods: readonly AnyAuthMethod[],
  preferred: readonly string[] | undefined,
): AnyAuthMethod[] {
  if (!preferred) return [...methods];
  return preferred.flatMap((name) => methods.filter((method) => serverName(method) === name));
}

/** What the server calls a method. */
function serverName({ type }: AnyAuthMethod): string {
  return type === 'agent' ? 'publickey' : type;
}

/** Gives the next method that the server would take. */
export function nextMethod(
  methods: readonly AnyAuthMethod[],
): (left: readonly string[] | null) => AnyAuthMethod | false {
  const queue = [...methods];
  return (left) => {
    for (let method = queue.shift(); method; method = queue.shift()) {
      if (!left || left.length === 0 || left.includes(serverName(method))) return method;
    }
    return false;
  };
}

function interactive(username: string, password: string): AnyAuthMethod {
  let given = false;
  return {
    type: 'keyboard-interactive',
    username,
    prompt: (_name, _instructions, _lang, prompts, finish) => {
      // The password answers the one hidden question, once: asking again means that it was wrong.
      const answers = prompts.map(({ echo }) => (echo || given ? '' : password));
      if (prompts.some(({ echo }) => !echo)) given = true;
      finish(answers);
    },
  };
}

/** The key, or why it cannot be used. */
function loadKey(file: string, passphrase: string | undefined): ParsedKey | string {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    return `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such identity' : (error as Error).message}`;
  }
  const parsed = utils.parseKey(content, passphrase);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key && !(key instanceof Error)) return key.isPrivateKey() ? key : `${file} holds no private key`;
  return /encrypted|passphrase/i.test(String(key?.message)) && passphrase === undefined
    ? `${file} is protected by a passphrase: add it to ssh-agent`
    : `${file}: ${key?.message}`;
}
