import type { Change } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { parseJson } from '../template/filters/json/parse.ts';
import { pyStr } from '../template/values.ts';
import { fileArgs } from './args/common.ts';
import { inspectGuards } from './commands/guards.ts';
import { defineModule } from './define.ts';
import { joinPath } from './files/paths.ts';
import { initialAttributes, wantedOf } from './files/wanted.ts';
import { type Answer, readAnswer, trailer } from './http/answer.ts';
import { requestArgs, requestProblem } from './http/args.ts';
import { encodeBody } from './http/body.ts';
import { hasCurl, noClient } from './http/client.ts';
import { curlConfig, type Request } from './http/curl.ts';
import type { Plan, Result } from './types.ts';

export const uri = defineModule({
  name: 'uri',
  collection: 'ansible.builtin',
  summary: 'Send a request to a web server',
  args: {
    ...fileArgs,
    ...requestArgs,
    headers: { type: 'dict', default: new Map(), doc: 'More headers.' },
    method: { type: 'str', default: 'GET', doc: 'What to do, in capitals.' },
    body: { type: 'raw', doc: 'What to send.' },
    body_format: {
      type: 'str',
      default: 'raw',
      choices: ['form-urlencoded', 'json', 'raw', 'form-multipart'],
      doc: 'How the body is written.',
    },
    src: { type: 'path', doc: 'File of the host (of the controller, unless remote_src) to send.' },
    remote_src: { type: 'bool', default: false, doc: 'The file to send is on the host.' },
    dest: { type: 'path', doc: 'File, or folder, for the answer.' },
    return_content: { type: 'bool', default: false, doc: 'Return the answer as `content`.' },
    follow_redirects: {
      type: 'str',
      default: 'safe',
      choices: ['all', 'no', 'none', 'safe', 'urllib2', 'yes'],
      doc: 'Which redirects to follow; `safe`: those of GET and HEAD.',
    },
    creates: { type: 'path', doc: 'Nothing is done if this is there.' },
    removes: { type: 'path', doc: 'Nothing is done if this is not there.' },
    status_code: { type: 'list', elements: 'int', default: [200], doc: 'Answers that are well.' },
    timeout: { type: 'int', default: 30, doc: 'Seconds to wait for an answer.' },
    unix_socket: { type: 'path', doc: 'Socket of the host to speak to.' },
  },
  rules: { mutuallyExclusive: [['body', 'src']] },
  prepare(controller, args) {
    const body =
      args.src !== null && !args.remote_src
        ? controller.readFile(controller.find('files', args.src)).toString()
        : undefined;
    return { body, checkMode: controller.checkMode };
  },
  async inspect(host, args) {
    const { creates, removes, dest } = args;
    const [client, guards, folder] = await Promise.all([
      hasCurl(host),
      inspectGuards(host, { chdir: null, creates, removes }),
      dest === null ? undefined : host.stat(dest, { follow: true }),
    ]);
    return {
      client,
      guards,
      inFolder: folder?.kind === 'directory',
      mtime: folder?.kind === 'file' ? folder.mtime : undefined,
    };
  },
  plan(args, before, inputs): Plan {
    const { guards } = before;
    if (!/^[A-Z]+$/.test(args.method.toUpperCase())) {
      return { changes: [], failed: "Parameter 'method' needs to be a single word in uppercase, like GET or POST." };
    }
    const problem = requestProblem(args);
    if (problem !== undefined) return { changes: [], failed: problem, result: { url: args.url, status: -1 } };
    if (guards.created) return needless(`skipped, since '${args.creates}' exists`);
    if (guards.removable === false) return needless(`skipped, since '${args.removes}' does not exist`);
    if (!before.client) return { changes: [], failed: noClient, result: { url: args.url, status: -1 } };
    const encoded =
      args.src === null ? encodeBody(args.body, args.body_format) : { text: inputs.body, type: undefined };
    const request = requestOf(args, before.mtime, encoded.text, encoded.type);
    const attributes = initialAttributes(wantedOf(args), 0o666, { umask: 0o022 });
    const path = args.dest === null ? null : before.inFolder ? joinPath(args.dest, fileName(args.url)) : args.dest;
    const changes: Change[] = [
      {
        kind: 'run',
        summary: `${request.method} ${args.url}`,
        script: path === null ? sh`curl --include --config - --write-out ${trailer}` : saving(path),
        stdin: curlConfig(request),
        effect: 'opaque',
        success: 'any',
      },
    ];
    const asked = args.mode !== null || args.owner !== null || args.group !== null;
    if (path !== null && asked) {
      const before = { kind: 'file' } as const;
      changes.push({ kind: 'attributes', summary: `change ${path}`, path, attributes, follow: true, before });
    }
    const msg: Result = inputs.checkMode ? { msg: 'This action (uri) does not support check mode.' } : {};
    return { changes, changed: false, result: { ...msg, ...(path === null ? {} : { path }) } };
  },
  report(args, _before, outcomes) {
    const [outcome] = outcomes;
    if (!outcome) return {};
    const answer = readAnswer(outcome);
    const elapsed = Math.floor(outcome.end - outcome.start);
    const result: Result = { ...resultOf(args, answer), elapsed };
    const fits = args.status_code.includes(answer.status);
    if (fits) return { changed: args.dest !== null && answer.status !== 304, result };
    const wanted = args.status_code.join(', ');
    const { msg } = result;
    return {
      changed: false,
      failed: `Status code was ${answer.status} and not [${wanted}]: ${pyStr(msg ?? '')}`,
      result,
    };
  },
  examples:
    '- uri: {url: "http://localhost:8080/health", return_content: true}\n  register: health\n  until: health.status == 200\n  retries: 10',
});

function needless(stdout: string): Plan {
  return { changes: [], result: { stdout, stdout_lines: [stdout] } };
}

type UriArgs = Omit<Request, 'follow' | 'body'> & {
  readonly follow_redirects: string;
  readonly unix_socket: string | null;
  readonly src: string | null;
  readonly remote_src: boolean;
};

function requestOf(
  args: UriArgs,
  mtime: number | undefined,
  body: string | undefined,
  type: string | undefined,
): Request {
  const method = args.method.toUpperCase();
  const safe = method === 'GET' || method === 'HEAD';
  const { follow_redirects: redirects } = args;
  const headers = new Map(args.headers ?? []);
  const typed = [...headers.keys()].some((name) => pyStr(name).toLowerCase() === 'content-type');
  if (type !== undefined && !typed) headers.set('Content-Type', type);
  return {
    ...args,
    method,
    headers,
    follow: redirects === 'all' || redirects === 'yes' || (safe && (redirects === 'safe' || redirects === 'urllib2')),
    body,
    bodyFile: args.src !== null && args.remote_src ? args.src : undefined,
    unixSocket: args.unix_socket ?? undefined,
    newerThan: mtime,
  };
}

/** Bytes of a saved answer that are read too, as it may be JSON. */
const toldBytes = 1024 * 1024;

/** The body goes to a file, the headers to the output; the file is replaced only if its content is another. */
function saving(path: string) {
  const write = sh`h=$(curl --dump-header - --output "$t" --config - --write-out ${trailer})`;
  const move = sh`if [ $r -eq 0 ] && [ -s "$t" ] && ! cmp -s -- "$t" ${path}; then chmod =rw -- "$t" && mv -f -- "$t" ${path}; fi`;
  // told as curl would without the file: headers, the content if it is not too much for a result, the trailer
  const tell = sh`printf %s "\${h%"$n"*}"; [ "$(wc -c <"$t")" -gt ${toldBytes} ] || cat -- "$t"; printf '\n%s' "\${h##*"$n"}"`;
  return sh`n='
'; t=$(mktemp -- ${path}.XXXXXXXX) || exit; ${write}; r=$?; ${tell}; ${move}; rm -f -- "$t"; exit $r`;
}

function fileName(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  return path.slice(path.lastIndexOf('/') + 1) || 'index.html';
}

function resultOf(args: { url: string; return_content: boolean; dest: string | null }, answer: Answer): Result {
  const { status, headers, url, body } = answer;
  const result: Result = { status, url: url || args.url, redirected: url !== '' && !sameUrl(url, args.url) };
  for (const [name, values] of headers) result[name.replaceAll('-', '_')] = values.join(', ');
  result['msg'] = messageOf(answer);
  const cookies = cookiesOf(headers.get('set-cookie') ?? []);
  result['cookies'] = new Map<Value, Value>(cookies);
  result['cookies_string'] = cookies.map(([name, value]) => `${name}=${value}`).join('; ');
  const text = body.toString('utf8');
  if (args.return_content) result['content'] = text;
  const json = isJson(headers.get('content-type')?.at(-1)) ? readJson(text) : undefined;
  if (json !== undefined) result['json'] = json;
  return result;
}

/** `http://x` and `http://x/` are one. */
function sameUrl(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}

function messageOf({ status, reason, headers, problem }: Answer): string {
  if (status < 0) return `Request failed: <urlopen error ${problem}>`;
  if (status >= 300) return `HTTP Error ${status}: ${reason}`;
  return `OK (${headers.get('content-length')?.at(-1) ?? 'unknown'} bytes)`;
}

function cookiesOf(lines: readonly string[]): [string, string][] {
  return lines.flatMap((line) => {
    const [, name, value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    return name === undefined ? [] : [[name.trim(), value] as [string, string]];
  });
}

function isJson(type: string | undefined): boolean {
  return /^[^/]+\/(?:[^;]*\+)?(?:json|javascript)\b/i.test(type ?? '');
}

function readJson(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
