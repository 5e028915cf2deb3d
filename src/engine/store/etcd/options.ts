import type { Endpoint } from '../address.ts';

/** How an etcd is reached. */
export interface EtcdOptions {
  readonly endpoints: readonly Endpoint[];
  /** Undefined without TLS. */
  readonly tls: TlsFiles | undefined;
  readonly login: { readonly name: string; readonly password: string } | undefined;
  /** What all keys begin with, without slashes around it. */
  readonly prefix: string;
}

/** Contents of PEM files. */
export interface TlsFiles {
  /** Undefined: what the system trusts. */
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
}

/** `etcds://10.0.0.1:2379,10.0.0.2:2379/tsplay` */
export function placeOf({ endpoints, tls, prefix }: EtcdOptions): string {
  return `${tls ? 'etcds' : 'etcd'}://${endpoints.map(endpointText).join(',')}/${prefix}`;
}

export function endpointText({ host, port }: Endpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
