import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { createSecureContext } from 'node:tls';
import { TsplayError } from '../../model/errors.ts';
import type { Endpoint } from '../address.ts';
import { reasonOf, Unanswered } from './failures.ts';
import type { TlsFiles } from './options.ts';

/** Milliseconds without a byte after which an endpoint counts as silent. */
const PATIENCE = 8000;

/** Posts JSON to endpoints, over connections that are kept. */
export class Http {
  private readonly agent: PlainAgent;
  private readonly request: typeof plainRequest;

  /** Throws TsplayError for TLS files that cannot be used. */
  constructor(tls: TlsFiles | undefined) {
    this.request = tls ? tlsRequest : plainRequest;
    try {
      this.agent = tls ? new TlsAgent({ ...tls, keepAlive: true }) : new PlainAgent({ keepAlive: true });
      // An agent looks at its files when it first connects only.
      if (tls) createSecureContext(tls);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TsplayError('usage', `the certificates for the store cannot be used: ${reason}`, { cause });
    }
  }

  /** The answer once its head is there. Throws Unanswered. */
  post({ host, port }: Endpoint, path: string, body: object, token: string | undefined): Promise<IncomingMessage> {
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...(token !== undefined && { authorization: token }),
    };
    return new Promise((resolve, reject) => {
      const sent = this.request({ host, port, path, method: 'POST', headers, agent: this.agent }, resolve);
      sent.setTimeout(PATIENCE, () => sent.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
      sent.on('error', (error) => reject(new Unanswered(reasonOf(error), { cause: error })));
      sent.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
