import { isIPv4, isIPv6 } from 'node:net';

const RANGE = /\[(?:([0-9a-f]+):[0-9a-f]+|[a-z]:[a-z])(?::[0-9]+)?\]/gi;
const LETTER_OR_NUMERIC_RANGE = /\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]/gi;
const HOST_NAME =
  /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?)*$/u;

export interface Address {
  /** A name or IP address; it may hold ranges (`node[1:3]`). */
  readonly host: string;
  readonly port: number | undefined;
}

/** Splits `host:22` or `[::1]:22`; undefined for what is no host name or address. */
export function parseAddress(text: string): Address | undefined {
  const found = /^\[(.+)\]:([0-9]+)$/.exec(text) ?? /^((?:[^:[\]]|\[[^\]]*\])*):([0-9]+)$/.exec(text);
  const host = found ? found[1]! : text;
  if (!isHost(host)) return undefined;
  return { host, port: found ? Number(found[2]) : undefined };
}

/** Ranges are judged by what they begin with. */
function isHost(text: string): boolean {
  if (isIPv6(text) || isIPv4(text)) return true;
  const numbered = text.replace(RANGE, (_range, begin?: string) => begin ?? 'x');
  if (isIPv6(numbered) || isIPv4(numbered)) return true;
  return HOST_NAME.test(text.replace(LETTER_OR_NUMERIC_RANGE, 'x')) && !/^_(?:\.|$)|\._(?:\.|$)/.test(text);
}
