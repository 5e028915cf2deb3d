import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import { timerMs } from '../../../model/timer.ts';
import type { ConnectionSettings } from '../../types.ts';
import { authentication, nextMethod } from './auth.ts';
import { closedEarly, connectError, unreachable } from './errors.ts';
import { hostKeyCheck } from './host-key.ts';
import type { SshOptions } from './options.ts';
import { openProxy } from './proxy.ts';

/** Milliseconds for a host to say goodbye. */
const GRACE = 2000;
/** Tries when the server closes before it spoke; the waits between them add up to a few seconds. */
const TRIES = 6;

export interface OpenClient {
  readonly client: Client;
  /** False where the host's key is not the known one and the user said to go on: no agent goes there. */
  readonly trusted: boolean;
  /** Ends it; a host that has fallen silent is not waited for. */
  readonly hangUp: () => Promise<void>;
  /** Ends what the connection stands on (jump hosts, a proxy command). */
  readonly release: () => void;
}

/** Connects and authenticates. Throws TsplayError('unreachable'). */
export async function openClient(options: SshOptions, settings: ConnectionSettings): Promise<OpenClient> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectOnce(options, settings);
    } catch (error) {
      if (!(error instanceof EarlyClose) || attempt === TRIES) throw error instanceof EarlyClose ? error.error : error;
      await sleep(100 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

class EarlyClose extends Error {
  readonly error: Error;
  constructor(error: Error) {
    super(error.message);
    this.error = error;
  }
}

async function connectOnce(options: SshOptions, settings: ConnectionSettings): Promise<OpenClient> {
  const check = hostKeyCheck(options);
  const proxy = await openProxy(options, settings, openClient);
  const client = new ssh2.Client();
  // Made here, since the library's own `destroy` does nothing after its `end`.
  const socket = proxy?.stream ?? connectTo(options);
  const state = {
    trusted: true,
    notes: [] as readonly string[],
    left: [] as readonly string[],
    connected: false,
    refusal: undefined as Error | undefined,
  };
  let choose: ReturnType<typeof nextMethod> | undefined;
  const config: ConnectConfig = {
    sock: socket,
    username: options.user,
    readyTimeout: timerMs(options.connectTimeout),
    keepaliveInterval: timerMs(options.aliveInterval),
    keepaliveCountMax: options.aliveCount,
    algorithms: {
      serverHostKey: [...check.algorithms] as never,
      // The library's compression fails when a channel closes late; without it nothing is lost but bytes.
      compress: ['none'],
    },
    hostVerifier: (key: Buffer) => {
      const decision = check.decide(key);
      state.trusted = !decision.unsafe;
      if (!decision.accepted) state.refusal = refusal(decision.reason ?? '', options);
      return decision.accepted;
    },
    authHandler: (left, _partial, next) => {
      state.left = left ?? [];
      if (!choose) {
        const { methods, notes } = authentication(options, settings, state.trusted);
        state.notes = notes;
        choose = nextMethod(methods);
      }
      // The library's types have no word for "no more", which its code takes as false.
      next(choose(left) as never);
    },
    ...(options.forwardAgent && options.agent !== undefined && { agent: options.agent }),
  };
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => {
        state.connected = true;
        // A packet leaves in two writes (length, then body); Nagle's algorithm would hold back the second for 40 ms.
        client.setNoDelay(true);
      });
      client.once('ready', resolve);
      client.on('error', (error: Error & { level?: string }) => {
        if (error.level !== 'agent') reject(error); // without an agent the other keys are tried
      });
      client.once('close', () => reject(new Error('Connection closed by remote host')));
      client.connect(config);
    });
  } catch (error) {
    socket.destroy();
    proxy?.release();
    if (state.refusal) throw state.refusal;
    const described = connectError(error as Error, options, state);
    throw closedEarly(error as Error) ? new EarlyClose(described) : described;
  }
  const closed = new Promise<void>((resolve) => client.once('close', resolve));
  const hangUp = async () => {
    const timer = setTimeout(() => socket.destroy(), GRACE);
    client.end();
    await closed;
    clearTimeout(timer);
  };
  return { client, trusted: state.trusted, hangUp, release: () => proxy?.release() };
}

const FAMILIES = { any: 0, inet: 4, inet6: 6 };

function connectTo({ host, port, addressFamily, bindAddress }: SshOptions): Socket {
  const family = FAMILIES[addressFamily];
  const socket = connect({ host, port, family, ...(bindAddress !== undefined && { localAddress: bindAddress }) });
  return socket.setMaxListeners(0); // each command under way has some
}

function refusal(reason: string, options: SshOptions): Error {
  const port = options.port === 22 ? '' : `-p ${options.port} `;
  return unreachable(`Host key verification failed. ${reason}`, {
    hint: `compare the key and add it (ssh-keyscan ${port}${options.host} >> ~/.ssh/known_hosts), or set ANSIBLE_HOST_KEY_CHECKING=False to trust any`,
  });
}
