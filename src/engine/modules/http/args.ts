import type { ArgSpec } from '../types.ts';

/** What every request takes. */
export const requestArgs = {
  url: { type: 'str', required: true, doc: 'The address.' },
  force: { type: 'bool', default: false, aliases: ['thirsty'], doc: 'Ask for a fresh copy.' },
  http_agent: { type: 'str', default: 'ansible-httpget', doc: 'What the request calls itself.' },
  use_proxy: { type: 'bool', default: true, doc: "Use the proxy of the host's environment." },
  validate_certs: { type: 'bool', default: true, doc: "Check the server's certificate." },
  url_username: { type: 'str', aliases: ['user', 'username'], doc: 'User for the server.' },
  url_password: { type: 'str', aliases: ['password'], noLog: true, doc: 'Password for the server.' },
  force_basic_auth: { type: 'bool', default: false, doc: 'Send user and password at once.' },
  client_cert: { type: 'path', doc: 'Certificate of the client (PEM).' },
  client_key: { type: 'path', doc: 'Its key (PEM).' },
  ca_path: { type: 'path', doc: 'Certificates to trust (PEM).' },
  headers: { type: 'dict', doc: 'More headers.' },
  unredirected_headers: {
    type: 'list',
    elements: 'str',
    default: [],
    doc: 'Not supported: headers go with redirects.',
  },
  decompress: { type: 'bool', default: true, doc: 'Take compressed answers.' },
  ciphers: { type: 'list', elements: 'str', doc: 'Ciphers to offer.' },
  use_netrc: { type: 'bool', default: true, doc: 'Take user and password from .netrc.' },
} as const satisfies Record<string, ArgSpec>;

/** What of the arguments curl cannot do, said rather than left out. */
export function requestProblem({
  unredirected_headers: headers,
}: {
  readonly unredirected_headers: readonly string[];
}) {
  if (headers.length === 0) return undefined;
  return `unredirected_headers is not supported: ${headers.join(', ')} would go to where the server redirects`;
}
