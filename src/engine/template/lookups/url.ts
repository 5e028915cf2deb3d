import { existsSync } from 'node:fs';
import type { Value } from '../../model/value.ts';
import type { Context, Lookups } from '../types.ts';
import { pyStr } from '../values.ts';
import { runChild } from './child.ts';
import { splitLines } from './commands.ts';
import { boolOption, numberOption, textOption } from './options.ts';
import { netrcLogin } from './url/netrc.ts';

const FETCH = `
if (!input.verify) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const untrusted = /^(ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)/;
const explain = (error) => {
  const { code = '', message } = error.cause ?? error;
  throw new Error(untrusted.test(code) ? "Error validating the server's certificate: " + message : message);
};
const response = await fetch(input.url, { headers: input.headers, redirect: input.redirect, signal: AbortSignal.timeout(input.seconds * 1000) }).catch(explain);
if (!response.ok) throw new Error('HTTP Error ' + response.status + ': ' + response.statusText);
answer(await response.text());`;

/** Options that variables and the environment may set, under these names behind `ansible_lookup_url_`. */
const SETTINGS: readonly (readonly [option: string, name: string])[] = [
  ['ca_path', 'ca_path'],
  ['follow_redirects', 'follow_redirects'],
  ['http_agent', 'agent'],
  ['timeout', 'timeout'],
  ['use_netrc', 'use_netrc'],
];

/** Where systems keep the authorities that their administrator trusts; Node does not look there itself. */
const SYSTEM_CERTIFICATES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

export const lookups: Lookups = {
  url(terms, options, context) {
    const all = new Map([...settings(context), ...options]);
    return terms.flatMap((term) => fetchUrl(pyStr(term), all, context));
  },
};

function settings({ scope }: Context): [string, Value][] {
  return SETTINGS.flatMap(([option, name]): [string, Value][] => {
    const value =
      scope.get(`ansible_lookup_url_${name}`) ?? scope.world.env[`ANSIBLE_LOOKUP_URL_${name.toUpperCase()}`];
    return value === undefined ? [] : [[option, value]];
  });
}

function fetchUrl(url: string, options: ReadonlyMap<string, Value>, context: Context): string[] {
  const seconds = numberOption(options, 'timeout', 10);
  const follows = !['none', 'no', 'false'].includes(textOption(options, 'follow_redirects', 'urllib2').toLowerCase());
  const input = {
    url,
    headers: headersOf(url, options, context),
    seconds,
    verify: boolOption(options, 'validate_certs', true),
    redirect: follows ? 'follow' : 'manual',
  };
  const certificates = textOption(options, 'ca_path') ?? SYSTEM_CERTIFICATES.find((path) => existsSync(path));
  const text = runChild(FETCH, input, seconds, `Failed lookup url for ${url}`, certificates);
  return boolOption(options, 'split_lines', true) ? splitLines(text) : [text];
}

function headersOf(url: string, options: ReadonlyMap<string, Value>, { scope }: Context): Record<string, string> {
  const headers = new Headers({ 'user-agent': textOption(options, 'http_agent', 'ansible-httpget') });
  const given = options.get('headers');
  if (given instanceof Map) for (const [name, value] of given) headers.set(pyStr(name), pyStr(value));
  const login = loginOf(url, options, scope.world.env);
  if (login) {
    const { user, password } = login;
    headers.set('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  }
  return Object.fromEntries(headers);
}

function loginOf(
  url: string,
  options: ReadonlyMap<string, Value>,
  env: Readonly<Record<string, string | undefined>>,
): { readonly user: string; readonly password: string } | undefined {
  const user = textOption(options, 'username');
  if (user !== undefined) return { user, password: textOption(options, 'password', '') };
  return boolOption(options, 'use_netrc', true) && URL.canParse(url)
    ? netrcLogin(new URL(url).hostname, env)
    : undefined;
}
