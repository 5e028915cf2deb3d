import type { Client, ClientChannel } from 'ssh2';
import type { ConnectionSettings } from '../types.ts';
import { openClient } from './ssh/client.ts';
import { unreachable } from './ssh/errors.ts';
import { resolveOptions, type SshOptions } from './ssh/options.ts';
import { Slots } from './ssh/slots.ts';
import type { Exit, Pipe, Transport } from './transport.ts';

/** Connects to a host by ssh, as the ssh command would. Throws TsplayError('unreachable'). */
export async function openSsh(settings: ConnectionSettings): Promise<Transport> {
  const options = resolveOptions(settings);
  for (const warning of options.warnings) settings.warn?.(warning);
  const { client, trusted, hangUp, release } = await openClient(options, settings);
  let failure: Error | undefined;
  let closing = false;
  const ended: (() => void)[] = [];
  client.on('error', (error) => {
    failure ??= unreachable(describeLoss(error, options), { cause: error });
  });
  client.on('close', () => {
    if (!closing) failure ??= unreachable(`Connection to ${options.host} closed by remote host.`);
    release();
    for (const end of ended) end();
  });
  const slots = new Slots();
  const forward = options.forwardAgent && trusted;
  return {
    start: async (command) => {
      const channel = await slots.take(
        () => openChannel(client, command, forward),
        () => failure,
      );
      const pipe = asPipe(channel, (end) => ended.push(end));
      void pipe.closed.then(() => slots.free());
      return pipe;
    },
    failure: () => failure,
    close: () => {
      closing = true;
      return hangUp();
    },
  };
}

function openChannel(client: Client, command: string, forward: boolean): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, forward ? ({ agentForward: true } as never) : {}, (error, channel) => {
      if (error) reject(error);
      else resolve(channel);
    });
  });
}

function asPipe(channel: ClientChannel, onConnectionEnd: (end: () => void) => void): Pipe {
  let exit: Exit = { code: undefined };
  channel.on('exit', (code: number | null, signal?: string) => {
    exit = { code: code ?? undefined, signal };
  });
  channel.on('error', () => {}); // the end of the connection tells more
  let settle = () => {};
  const closed = new Promise<Exit>((resolve) => {
    settle = () => resolve(exit);
    channel.once('close', settle);
    onConnectionEnd(settle);
  });
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    closed,
    kill: (signal) => channel.signal(signal),
    destroy: () => {
      channel.close();
      settle(); // the server may keep its side until the process ends
    },
  };
}

function describeLoss(error: Error & { level?: string }, { host }: SshOptions): string {
  return error.level === 'client-timeout'
    ? `Timeout, server ${host} not responding.`
    : `Connection to ${host} lost: ${error.message}`;
}
