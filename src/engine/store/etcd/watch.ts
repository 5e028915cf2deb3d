import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { Watch } from '../types.ts';
import type { EtcdClient } from './client.ts';

/** Milliseconds after which it is looked again in any case: a cut line tells nothing. */
const LOOK_AGAIN = 15_000;
/** Milliseconds before a watch that ended is opened again. */
const PAUSE = 1000;

/** Opens a watch on a range of keys; etcd has begun to watch when it is there. Throws TsplayError. */
export async function openWatch(client: EtcdClient, range: object): Promise<Watch> {
  const watch = new EtcdWatch(client, range);
  await watch.begin();
  return watch;
}

class EtcdWatch implements Watch {
  private readonly client: EtcdClient;
  private readonly range: object;
  private stream: IncomingMessage | undefined;
  /** Something changed that nobody was told of yet. */
  private dirty = false;
  private wake: () => void = () => {};

  constructor(client: EtcdClient, range: object) {
    this.client = client;
    this.range = range;
  }

  /** Resolves with etcd's first line, which says that it watches. Throws TsplayError. */
  async begin(): Promise<void> {
    const stream = await this.client.open('watch', { create_request: this.range });
    // Silence is what a watch mostly hears.
    stream.socket.setTimeout(0);
    stream.socket.setKeepAlive(true, LOOK_AGAIN);
    stream.on('error', () => stream.destroy());
    this.stream = stream;
    const first = await new Promise<string | undefined>((resolve) => {
      createInterface({ input: stream })
        .once('line', resolve)
        .on('line', () => this.changes());
      stream.once('close', () => {
        this.stream = undefined;
        this.changes();
        resolve(undefined);
      });
    });
    this.client.checkLine(first);
    this.dirty = false;
  }

  async changed(signal: AbortSignal): Promise<void> {
    if (!this.stream) return this.resume(signal);
    if (!this.dirty && !signal.aborted) await this.awaken(signal, LOOK_AGAIN);
    this.dirty = false;
  }

  /** It ended: what changed meanwhile nobody knows, so all is looked at; not more often than now and then. */
  private async resume(signal: AbortSignal): Promise<void> {
    await this.awaken(signal, PAUSE);
    if (!signal.aborted) await this.begin();
  }

  close(): void {
    this.stream?.destroy();
  }

  private changes(): void {
    this.dirty = true;
    this.wake();
  }

  private awaken(signal: AbortSignal, longest: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.wake = () => {};
        resolve();
      };
      const timer = setTimeout(end, longest);
      signal.addEventListener('abort', end, { once: true });
      this.wake = end;
    });
  }
}
