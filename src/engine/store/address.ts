import { TsplayError } from '../model/errors.ts';

/** Where a store is. */
export type StoreAddress =
  | { readonly kind: 'file'; readonly folder: string }
  | { readonly kind: 'etcd'; readonly endpoints: readonly Endpoint[]; readonly tls: boolean; readonly prefix: string };

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const ETCD_PORT = 2379;
const WAYS = 'file:///folder, etcd://host:2379/prefix, etcds://host1:2379,host2:2379/prefix';

/** Reads `file:///folder`, `etcd://host:port,host:port/prefix`, and `etcds://` for TLS. Throws TsplayError. */
export function readAddress(text: string): StoreAddress {
  const [, scheme, rest = ''] = /^(file|etcds?):\/\/(.*)$/.exec(text) ?? [];
  if (rest.includes('@')) {
    throw wrong('its address must not hold a password', 'TSPLAY_STORE_USER and TSPLAY_STORE_PASSWORD give it');
  }
  if (scheme === 'file') {
    if (!rest.startsWith('/')) throw wrong(`'${text}' is no absolute folder`, `write ${WAYS}`);
    return { kind: 'file', folder: rest };
  }
  if (scheme === undefined) throw wrong(`'${text}' is no address`, `write ${WAYS}`);
  const slash = rest.indexOf('/');
  const hosts = slash < 0 ? rest : rest.slice(0, slash);
  const prefix = slash < 0 ? '' : rest.slice(slash + 1).replace(/\/+$/, '');
  const endpoints = hosts.split(',').map((part) => endpointOf(part, text));
  return { kind: 'etcd', endpoints, tls: scheme === 'etcds', prefix: prefix || 'tsplay' };
}

/** `host`, `host:port`, `[::1]:port`. */
function endpointOf(part: string, text: string): Endpoint {
  const [, bracketed, plain, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/.exec(part.trim()) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) throw wrong(`'${part}' in '${text}' is no host`, `write ${WAYS}`);
  return { host, port: port === undefined ? ETCD_PORT : Number(port) };
}

function wrong(what: string, hint: string): TsplayError {
  return new TsplayError('usage', `the store: ${what}`, { hint });
}
