import type { IncomingMessage } from 'node:http';
import type { Endpoint } from '../address.ts';
import { StoreLost } from '../lost.ts';
import { isLoggedOut, isPassing, type Refusal, reasonOf, refused, Unanswered } from './failures.ts';
import { Http } from './http.ts';
import { type EtcdOptions, endpointText, placeOf } from './options.ts';

/** Bytes of the largest answer. */
const LARGEST = 64 * 1024 * 1024;

/** Talks to an etcd by the JSON gateway of its version 3. Throws TsplayError. */
export class EtcdClient {
  readonly place: string;
  private readonly options: EtcdOptions;
  private readonly http: Http;
  /** The one that answered last is asked first. */
  private endpoints: readonly Endpoint[];
  private token: string | undefined;

  /** Nothing is connected yet. */
  constructor(options: EtcdOptions) {
    this.place = placeOf(options);
    this.options = options;
    this.http = new Http(options.tls);
    this.endpoints = options.endpoints;
  }

  /** The answer to one request; `path` is what follows `/v3/`. */
  call(path: string, body: object): Promise<object> {
    return this.anywhere((endpoint) => this.asked(endpoint, path, body));
  }

  /** An answer that goes on: lines of JSON. To be destroyed when it is no longer needed. */
  open(path: string, body: object): Promise<IncomingMessage> {
    return this.anywhere(async (endpoint) => {
      const answer = await this.http.post(endpoint, `/v3/${path}`, body, await this.login(endpoint));
      if (answer.statusCode === 200) return answer;
      throw this.refusal(refusalOf(await textOf(answer)));
    });
  }

  /** Throws for the first line of an answer that goes on if it says that it does not. */
  checkLine(line: string | undefined): void {
    if (line === undefined) throw new StoreLost('module', `the store ${this.place} cannot be used: it ended the watch`);
    const { error, result } = JSON.parse(line) as { error?: { message?: string }; result?: { cancel_reason?: string } };
    const said = error?.message ?? result?.cancel_reason;
    if (said) throw this.refusal({ message: said, code: 0 });
  }

  close(): void {
    this.http.close();
  }

  /** Asks one endpoint after the other, until one gives an answer. */
  private async anywhere<T>(ask: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    const reasons: string[] = [];
    for (const endpoint of this.endpoints) {
      try {
        const answer = await ask(endpoint);
        this.endpoints = [endpoint, ...this.endpoints.filter((other) => other !== endpoint)];
        return answer;
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        reasons.push(`${endpointText(endpoint)}: ${error.message}`);
      }
    }
    throw new StoreLost('module', `the store ${this.place} cannot be used: ${reasons.join('; ')}`);
  }

  private async asked(endpoint: Endpoint, path: string, body: object): Promise<object> {
    for (let tries = 1; ; tries++) {
      const answer = await this.http.post(endpoint, `/v3/${path}`, body, await this.login(endpoint));
      const text = await textOf(answer);
      if (answer.statusCode === 200) return JSON.parse(text) as object;
      const refusal = refusalOf(text);
      // Logins last minutes, and end when etcd starts anew.
      const again = tries === 1 && this.token !== undefined && isLoggedOut(refusal);
      if (!again) throw this.refusal(refusal);
      this.token = undefined;
    }
  }

  private async login(endpoint: Endpoint): Promise<string | undefined> {
    const { login } = this.options;
    if (!login || this.token !== undefined) return this.token;
    const answer = await this.http.post(endpoint, '/v3/auth/authenticate', login, undefined);
    const text = await textOf(answer);
    if (answer.statusCode !== 200) throw this.refusal(refusalOf(text));
    this.token = (JSON.parse(text) as { token: string }).token;
    return this.token;
  }

  private refusal(refusal: Refusal): Error {
    return isPassing(refusal) ? new Unanswered(refusal.message) : refused(this.place, refusal);
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > LARGEST) throw new Error('its answer is too large');
      parts.push(part);
    }
  } catch (error) {
    throw new Unanswered(reasonOf(error), { cause: error });
  }
  return Buffer.concat(parts).toString();
}

/** Whatever answers on that port need not be an etcd. */
function refusalOf(text: string): Refusal {
  try {
    const { message, error, code } = JSON.parse(text) as { message?: unknown; error?: unknown; code?: unknown };
    const said = typeof message === 'string' ? message : typeof error === 'string' ? error : undefined;
    if (said !== undefined) return { message: said, code: typeof code === 'number' ? code : 0 };
  } catch {
    // Told below.
  }
  return {
    message: `it is no etcd of version 3.4 or later: ${text.slice(0, 80).trim() || 'it said nothing'}`,
    code: 0,
  };
}
