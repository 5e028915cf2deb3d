import { request } from 'node:https';

/** Where requests go: by its address, though the certificate is another name's. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  /** Name that the certificate must have. */
  readonly name: string;
  /** PEM. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** One request: what went wrong, if anything, and when it was over (milliseconds of a clock that never jumps). */
export interface Sent {
  readonly problem: string | undefined;
  readonly at: number;
}

/** Milliseconds after which a request counts as lost. */
const PATIENCE = 5_000;

/**
 * Sends requests one after the other, each on a connection of its own, until `stop`. `pauseAfter` gives the milliseconds
 * before the next one, from how many have failed in a row.
 */
export class RequestLoop {
  readonly #sent: Sent[] = [];
  readonly #ended: Promise<void>;
  #stopping = false;
  #onSent: () => void = () => {};

  constructor(endpoint: Endpoint, pauseAfter: (failures: number) => number) {
    this.#ended = this.#run(endpoint, pauseAfter);
  }

  /** Resolves when so many more requests in a row have been answered, counted from now. */
  answered(count: number): Promise<void> {
    return this.#inARow(count, ({ problem }) => problem === undefined);
  }

  /** Resolves when so many more requests in a row have failed, counted from now. */
  failed(count: number): Promise<void> {
    return this.#inARow(count, ({ problem }) => problem !== undefined);
  }

  async stop(): Promise<readonly Sent[]> {
    this.#stopping = true;
    await this.#ended;
    return this.#sent;
  }

  async #inARow(count: number, isWanted: (sent: Sent) => boolean): Promise<void> {
    for (let row = 0, at = this.#sent.length; row < count; ) {
      if (at < this.#sent.length) row = isWanted(this.#sent[at++]!) ? row + 1 : 0;
      else await this.#next();
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSent = resolve;
    });
  }

  async #run(endpoint: Endpoint, pauseAfter: (failures: number) => number): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      const problem = await send(endpoint);
      this.#sent.push({ problem, at: performance.now() });
      failures = problem === undefined ? 0 : failures + 1;
      this.#onSent();
      await new Promise((resolve) => setTimeout(resolve, pauseAfter(failures)));
    }
  }
}

/** Asks once; gives what went wrong. */
export function send({ address, port, path, name, ca, cert, key }: Endpoint): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = request({
      ...{ host: address, port, path, servername: name, ca, cert, key },
      agent: false,
      signal: AbortSignal.timeout(PATIENCE),
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.on('response', (response) => {
      response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      response.on('end', () => resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`));
      response.resume();
    });
    asked.end();
  });
}

/** How many requests were lost, how many at most in a row, and for how long none was answered at most (milliseconds). */
export function summarize(sent: readonly Sent[]): { sent: number; lost: number; inARow: number; longest: number } {
  let [inARow, row, longest, last] = [0, 0, 0, sent[0]?.at ?? 0];
  for (const { problem, at } of sent) {
    row = problem === undefined ? 0 : row + 1;
    inARow = Math.max(inARow, row);
    if (problem !== undefined) continue;
    longest = Math.max(longest, at - last);
    last = at;
  }
  return { sent: sent.length, lost: sent.filter(({ problem }) => problem !== undefined).length, inARow, longest };
}
