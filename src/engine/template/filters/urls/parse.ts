import { isIPv6 } from 'node:net';
import { fail } from '../../values.ts';

/** The parts of a URL under Python's names, in the order Ansible gives them. */
export interface UrlParts {
  readonly fragment: string;
  readonly hostname: string | null;
  readonly netloc: string;
  readonly password: string | null;
  readonly path: string;
  readonly port: number | null;
  readonly query: string;
  readonly scheme: string;
  readonly username: string | null;
}

/** Splits as Python's `urlsplit`: nothing is decoded or checked but brackets and the port. Throws TsplayError for those. */
export function parseUrl(text: string): UrlParts {
  const url = text.replace(/^[\x00-\x20]+/, '').replace(/[\t\r\n]/g, '');
  const [, scheme = '', afterScheme = ''] = /^(?:([a-z][a-z\d+.-]*):)?(.*)$/is.exec(url)!;
  const [, netloc = '', afterHost = ''] = /^(?:\/\/([^/?#]*))?(.*)$/s.exec(afterScheme)!;
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(afterHost)!;
  if (netloc.includes('[') !== netloc.includes(']')) fail('Invalid IPv6 URL');
  const [, before = '', bracketed] = /^([^[]*)\[([^\]]*)\]/.exec(netloc.slice(netloc.lastIndexOf('@') + 1)) ?? [];
  if (bracketed !== undefined) checkBracketed(before, bracketed);
  const at = netloc.lastIndexOf('@');
  const [, username = null, password = null] = at < 0 ? [] : /^([^:]*)(?::(.*))?$/s.exec(netloc.slice(0, at))!;
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(netloc.slice(at + 1)) ?? [];
  const hostname = host.replace(/^\[|\]$/g, '').toLowerCase();
  return {
    fragment,
    hostname: hostname === '' ? null : hostname,
    netloc,
    password,
    path,
    port: toPort(port),
    query,
    scheme: scheme.toLowerCase(),
    username,
  };
}

/** Brackets hold an address of IPv6 or one of a future kind. */
function checkBracketed(before: string, host: string): void {
  if (before !== '') fail('Invalid IPv6 URL');
  if (/^v/.test(host) ? !/^v[a-f\d]+\../i.test(host) : !isIPv6(host)) {
    fail(`'${host}' does not appear to be an IPv4 or IPv6 address`);
  }
}

function toPort(text: string): number | null {
  if (text === '') return null;
  if (!/^\d+$/.test(text)) fail(`Port could not be cast to integer value as '${text}'`);
  return Number(text) <= 65535 ? Number(text) : fail('Port out of range 0-65535');
}
