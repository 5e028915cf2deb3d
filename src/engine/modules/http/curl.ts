import type { Dict } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';

/** The arguments of `requestArgs`, and what a module adds. */
export interface Request {
  readonly url: string;
  readonly method: string;
  readonly force: boolean;
  readonly http_agent: string;
  readonly use_proxy: boolean;
  readonly validate_certs: boolean;
  readonly url_username: string | null;
  readonly url_password: string | null;
  readonly client_cert: string | null;
  readonly client_key: string | null;
  readonly ca_path: string | null;
  readonly headers: Dict | null;
  readonly decompress: boolean;
  readonly ciphers: readonly string[] | null;
  readonly use_netrc: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly follow: boolean;
  readonly body?: string | undefined;
  readonly bodyFile?: string | undefined;
  readonly unixSocket?: string | undefined;
  /** Seconds since the epoch: only what is newer is wanted. */
  readonly newerThan?: number | undefined;
}

/**
 * A configuration for `curl --config -`: all that the request is, given on standard input, so that no password and no
 * token stands in an argument list.
 */
export function curlConfig(request: Request): Buffer {
  const lines: [string, string?][] = [
    ['url', request.url],
    ['silent'],
    ['show-error'],
    ['globoff'],
    ['max-redirs', '10'],
    ['connect-timeout', String(request.timeout)],
    // No byte for as long as that is the same as no answer.
    ['speed-limit', '1'],
    ['speed-time', String(request.timeout)],
    ['user-agent', request.http_agent],
    request.method === 'HEAD' ? ['head'] : ['request', request.method],
  ];
  if (request.follow) lines.push(['location']);
  if (!request.validate_certs) lines.push(['insecure']);
  if (!request.use_proxy) lines.push(['noproxy', '*']);
  if (request.decompress) lines.push(['compressed']);
  if (request.url_username !== null) lines.push(['user', `${request.url_username}:${request.url_password ?? ''}`]);
  else if (request.use_netrc) lines.push(['netrc-optional']);
  if (request.client_cert !== null) lines.push(['cert', request.client_cert]);
  if (request.client_key !== null) lines.push(['key', request.client_key]);
  if (request.ca_path !== null) lines.push(['cacert', request.ca_path]);
  if (request.ciphers) lines.push(['ciphers', request.ciphers.join(':')]);
  if (request.unixSocket) lines.push(['unix-socket', request.unixSocket]);
  if (request.body !== undefined) lines.push(['data-raw', request.body]);
  if (request.bodyFile !== undefined) lines.push(['data-binary', `@${request.bodyFile}`]);
  for (const header of headersOf(request)) lines.push(['header', header]);
  return Buffer.from(
    lines.map(([name, value]) => (value === undefined ? name : `${name} = ${quoted(value)}`)).join('\n'),
  );
}

function headersOf(request: Request): string[] {
  const given = [...(request.headers ?? [])].map(([name, value]) => headerLine(pyStr(name), pyStr(value)));
  const names = new Set(given.map((line) => line.split(/[:;]/)[0]!.toLowerCase()));
  const own: string[] = [];
  if (request.force) own.push('Cache-Control: no-cache');
  if (request.newerThan !== undefined && !request.force) {
    own.push(`If-Modified-Since: ${new Date(request.newerThan * 1000).toUTCString()}`);
  }
  // curl would wait for a go-ahead that simple servers never give, and call any body a form.
  if (request.body !== undefined || request.bodyFile !== undefined) {
    own.push('Expect:');
    if (!names.has('content-type')) own.push('Content-Type:');
  }
  return [...own, ...given];
}

/** An empty header is written with a semicolon for curl. */
function headerLine(name: string, value: string): string {
  const plain = value.replaceAll(/[\r\n]+/g, ' ');
  return plain === '' ? `${name};` : `${name}: ${plain}`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function quoted(value: string): string {
  return `"${value.replaceAll(/[\\"\n\r\t\v]/g, (char) => escapes[char]!)}"`;
}
