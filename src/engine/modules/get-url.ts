import type { Outcome } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { backupArg, fileArgs } from './args/common.ts';
import { defineModule } from './define.ts';
import { basename, dirname, joinPath } from './files/paths.ts';
import { factsAfter, inspectTarget, ownerProblem, type Target } from './files/target.ts';
import { difference, initialAttributes, wantedOf } from './files/wanted.ts';
import { attributesChange } from './files/write.ts';
import { readAnswer, trailer } from './http/answer.ts';
import { requestArgs, requestProblem } from './http/args.ts';
import { checksumIn, parseChecksum, type WantedChecksum } from './http/checksum.ts';
import { hasCurl, noClient } from './http/client.ts';
import { curlConfig, type Request } from './http/curl.ts';
import { type Downloaded, downloadScript, readDownload } from './http/download.ts';
import type { Plan, Result } from './types.ts';

export const getUrl = defineModule({
  name: 'get_url',
  collection: 'ansible.builtin',
  summary: 'Download a file onto a host',
  args: {
    ...fileArgs,
    ...requestArgs,
    dest: { type: 'path', required: true, doc: 'Where to put it; a folder keeps the name it has.' },
    backup: backupArg,
    checksum: { type: 'str', default: '', doc: '`ALGORITHM:DIGEST`, or `ALGORITHM:URL` of a list of digests.' },
    timeout: { type: 'int', default: 10, doc: 'Seconds to wait for an answer.' },
    tmp_dest: { type: 'path', doc: 'Folder for the file while it is not complete.' },
  },
  prepare: ({ checkMode }) => ({ checkMode }),
  async inspect(host, args, { checkMode }) {
    const wanted = wantedOf(args);
    const [client, folder] = await Promise.all([hasCurl(host), host.stat(args.dest, { follow: true })]);
    const inFolder = folder?.kind === 'directory' || args.dest.endsWith('/');
    const request = { ...args, method: 'GET', follow: true };
    const name = inFolder && client ? await nameOf(host, request) : basename(args.dest);
    const path = inFolder ? joinPath(args.dest, name) : args.dest;
    const checksum = await wantedChecksum(host, request, client);
    const algorithm = checksum?.problem === undefined ? (checksum?.algorithm ?? 'sha1') : 'sha1';
    const target = await inspectTarget(host, path, wanted, { follow: true, checksum: algorithm });
    const parent = await host.stat(dirname(path), { follow: true });
    const ask = needsLook(args, target, checksum) ? look : checkMode ? probe : undefined;
    const offered = client ? await ask?.(host, request, target) : undefined;
    return { client, target, checksum, offered, parent: parent?.kind };
  },
  plan(args, before): Plan {
    const { target, checksum, offered } = before;
    const { path, state } = target;
    const base: Result = { dest: path, url: args.url, elapsed: 0 };
    const fail = (failed: string, more: Result = {}): Plan => ({ changes: [], failed, result: { ...base, ...more } });
    const problem = requestProblem(args);
    if (problem !== undefined) return fail(problem);
    if (checksum?.problem !== undefined) return fail(checksum.problem);
    const wanted = wantedOf(args);
    const ownership = ownerProblem(target);
    if (ownership !== undefined) return fail(ownership);
    if (before.parent !== 'directory') return fail(`Destination ${dirname(path)} does not exist`);
    const own = attributesChange(target, wanted);
    const settled = (msg: string, more: Result = {}): Plan => ({
      changes: own ? [own] : [],
      result: { ...base, ...more, msg: own ? `${msg} but file attributes changed` : msg, ...factsOf(target, own) },
    });
    if (state && checksum && !args.force && state.checksum === checksum.digest) return settled('file already exists');
    if (!before.client) return fail(noClient);
    if (offered?.problem !== undefined) {
      return fail(offered.status < 0 ? offered.problem : 'Request failed', {
        status_code: offered.status,
        response: offered.problem,
      });
    }
    if (offered?.status === 304) return settled('HTTP Error 304: Not Modified', { status_code: 304 });
    if (offered && state && offered.sha1 !== undefined && offered.sha1 === offered.here)
      return settled('OK', { status_code: offered.status });
    const request = { ...args, method: 'GET', follow: true };
    const answered: Result = offered ? { msg: offered.message, status_code: offered.status } : {};
    const attributes = state
      ? (difference(wanted, state, target.context)?.attributes ?? {})
      : initialAttributes(wanted, 0o666, target.context);
    return {
      changes: [
        {
          kind: 'run',
          summary: `download ${args.url} to ${path}`,
          script: downloadScript({
            path,
            attributes,
            checksum,
            backup: args.backup && state !== undefined,
            folder: args.tmp_dest,
          }),
          stdin: curlConfig(request),
          effect: 'known',
          success: 'any',
        },
      ],
      result: { ...base, ...answered, ...factsAfter(target, attributes, { state: 'file' }) },
    };
  },
  report(_args, before, outcomes) {
    const [outcome] = outcomes;
    return outcome && before.client && outcome.stdout.length > 0 ? reportDownload(outcome, before.checksum) : {};
  },
  examples:
    '- get_url:\n    url: https://example.org/tool.tar.gz\n    dest: /opt/tool.tar.gz\n    checksum: sha256:https://example.org/SHA256SUMS',
});

interface Offered {
  readonly status: number;
  readonly problem: string | undefined;
  readonly message: string;
  /** Of the content, where it was asked for. */
  readonly sha1: string | undefined;
  /** SHA1 of the file that is there. */
  readonly here: string | undefined;
}

/** A file that is there is compared with what the server offers, unless its checksum settles the matter. */
function needsLook(args: { force: boolean }, { state }: Target, checksum: WantedChecksum | undefined): boolean {
  if (!state || checksum?.problem !== undefined) return false;
  return !checksum || (args.force && state.checksum === checksum.digest);
}

/** Asks for the file without keeping it: only its digest comes back. */
async function look(host: HostView, request: Request, { path, state }: Target): Promise<Offered> {
  const report = '%{stderr}\n%{http_code}';
  const [here, done] = await Promise.all([
    host.stat(path, { follow: true, checksum: 'sha1' }),
    host.query(sh`curl --config - --write-out ${report} | sha1sum`, {
      stdin: curlConfig({ ...request, newerThan: state?.mtime }),
    }),
  ]);
  const lines = done.stderr.toString().trimEnd().split('\n');
  const status = Number(lines.pop() ?? 0) || -1;
  const said = lines
    .join(' ')
    .replace(/^curl: /, '')
    .trim();
  const bad = status >= 400 || (status < 0 && !(hasNoStatus(request.url) && said === ''));
  const problem = bad ? (status < 0 ? `Request failed: <urlopen error ${said}>` : `HTTP Error ${status}`) : undefined;
  return { status, problem, message: 'OK', sha1: done.stdout.toString().slice(0, 40), here: here?.checksum };
}

/** Files and FTP are had without a status of HTTP. */
function hasNoStatus(url: string): boolean {
  return /^(file|ftp):/i.test(url);
}

/** What a check run can know: whether the server has it. */
async function probe(host: HostView, request: Request): Promise<Offered> {
  const stdin = curlConfig({ ...request, method: 'HEAD' });
  const done = await host.query(sh`curl --include --config - --write-out ${trailer}`, { stdin });
  const { status, problem: broken, headers } = readAnswer(done);
  const unanswered = hasNoStatus(request.url) && done.rc === 0 ? undefined : broken;
  const problem = status < 0 ? unanswered : status < 400 ? undefined : `HTTP Error ${status}`;
  const size = headers.get('content-length')?.at(-1) ?? 'unknown';
  return { status, problem, message: `OK (${size} bytes)`, sha1: undefined, here: undefined };
}

/** The name that the server gives the file, or else its address. */
async function nameOf(host: HostView, request: Request): Promise<string> {
  const stdin = curlConfig({ ...request, method: 'HEAD' });
  const answer = readAnswer(await host.query(sh`curl --include --config - --write-out ${trailer}`, { stdin }));
  const [, given] =
    /attachment; ?filename="?([^"]+)/.exec(answer.headers.get('content-disposition')?.at(-1) ?? '') ?? [];
  return basename(given ?? '') || fileNameOf(answer.url || request.url);
}

function fileNameOf(url: string): string {
  return basename(url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '')) || 'index.html';
}

async function wantedChecksum(
  host: HostView,
  request: Request & { readonly checksum: string },
  client: boolean,
): Promise<WantedChecksum | undefined> {
  const parsed = parseChecksum(request.checksum);
  if (!parsed || !('url' in parsed)) return parsed;
  const name = fileNameOf(request.url);
  const own = /^file:\/\/[^/]*(\/.*)$/.exec(parsed.url)?.[1];
  if (own !== undefined) {
    const list = await host.read(decodeURIComponent(own));
    return list
      ? checksumIn(list.content.toString('utf8'), name, parsed)
      : { problem: `Request failed: ${own} is not there` };
  }
  if (!client) return { problem: noClient };
  const stdin = curlConfig({ ...request, url: parsed.url });
  const answer = readAnswer(await host.query(sh`curl --include --config - --write-out ${trailer}`, { stdin }));
  if (answer.status !== 200) return { problem: `Request failed: ${parsed.url} answered ${answer.status}` };
  return checksumIn(answer.body.toString('utf8'), name, parsed);
}

function factsOf(target: Target, change: ReturnType<typeof attributesChange>): Result {
  return factsAfter(target, change?.kind === 'attributes' ? change.attributes : {});
}

function reportDownload(outcome: Outcome, checksum: WantedChecksum | undefined): Partial<Omit<Plan, 'changes'>> {
  const done: Downloaded = readDownload(outcome);
  const elapsed = Math.floor(outcome.end - outcome.start);
  const result: Result = { elapsed, status_code: done.status, msg: done.message };
  if (done.status < 0) return { changed: false, failed: done.message, result };
  if (done.status !== 200 && done.status !== 0) {
    return {
      changed: false,
      failed: 'Request failed',
      result: { ...result, response: done.message, msg: 'Request failed' },
    };
  }
  if (done.mismatch !== undefined && checksum?.problem === undefined) {
    const failed = `The checksum for the download did not match ${checksum?.digest}; it was ${done.mismatch}.`;
    return { changed: false, failed, result: { ...result, msg: failed } };
  }
  if (outcome.rc !== 0) return { changed: false, failed: done.message, result };
  const backup: Result = done.backup === '' ? {} : { backup_file: done.backup };
  const sums = { checksum_src: done.sha1, checksum_dest: done.sha1, md5sum: done.md5, size: done.size };
  return { result: { ...result, ...sums, ...backup } };
}
