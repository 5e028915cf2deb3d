import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { ConnectionSettings } from '../../types.ts';
import type { OpenClient } from './client.ts';
import { connectError } from './errors.ts';
import { resolveOptions, type SshOptions } from './options.ts';

/** A stream to the host that goes through something else. */
export interface Proxy {
  readonly stream: Duplex;
  readonly release: () => void;
}

/** Connects to a jump host. */
type Open = (options: SshOptions, settings: ConnectionSettings) => Promise<OpenClient>;

/** The way to the host, if it is not straight. Throws TsplayError('unreachable') if the way is blocked. */
export async function openProxy(
  options: SshOptions,
  settings: ConnectionSettings,
  open: Open,
): Promise<Proxy | undefined> {
  if (options.proxyCommand !== undefined) return proxyCommand(options.proxyCommand);
  if (options.proxyJump.length === 0) return undefined;
  return jump(options, settings, open);
}

/** The last jump host is reached through those before it, and forwards to ours. */
async function jump(options: SshOptions, settings: ConnectionSettings, open: Open): Promise<Proxy> {
  const last = options.proxyJump.at(-1) as string;
  const rest = options.proxyJump.slice(0, -1);
  const hop = jumpOptions(last, rest, settings);
  const { client, hangUp, release } = await open(hop.options, hop.settings);
  const end = () => {
    void hangUp();
    release();
  };
  return new Promise((resolve, reject) => {
    client.on('error', () => {}); // seen as the end of the stream
    client.forwardOut('127.0.0.1', 0, options.host, options.port, (error, stream) => {
      if (!error) return resolve({ stream, release: end });
      end();
      reject(connectError(error, options));
    });
  });
}

/** Settings of a jump host: the user's configuration for it, none of the target's own arguments but the file of `-F`. */
function jumpOptions(
  text: string,
  before: readonly string[],
  settings: ConnectionSettings,
): { options: SshOptions; settings: ConnectionSettings } {
  const match = /^(?:ssh:\/\/)?(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(\d+))?\/?$/.exec(text);
  const port = match?.[3];
  const own: ConnectionSettings = {
    kind: 'ssh',
    name: text,
    address: (match?.[2] ?? text).replace(/^\[|\]$/g, ''),
    user: match?.[1],
    port: port === undefined ? undefined : Number(port),
    sshArgs: [...inherited(settings.sshArgs), ...(before.length > 0 ? [`-J ${before.join(',')}`] : [])],
    hostKeyChecking: settings.hostKeyChecking,
    timeout: settings.timeout,
  };
  return { options: resolveOptions(own), settings: own };
}

/** ssh hands its `-F` down to the ssh of a jump, and nothing else that names the target. */
function inherited(args: readonly string[]): string[] {
  const file = /(?:^|\s)-F\s*(\S+)/.exec(args.join(' '))?.[1];
  return file === undefined ? [] : [`-F ${file}`];
}

function proxyCommand(command: string): Proxy {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.once('error', (error) => stream.destroy(error));
  child.once('exit', () => stream.destroy());
  const release = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // gone already
    }
  };
  return { stream, release };
}
