import type { Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { type Match, search } from '../template/regex.ts';
import { defineModule } from './define.ts';
import type { Plan } from './types.ts';
import { connectionStates, countConnections } from './waiting/connections.ts';
import { isOpen, readPort } from './waiting/port.ts';

export const waitFor = defineModule({
  name: 'wait_for',
  collection: 'ansible.builtin',
  summary: 'Wait for a port, a file or a time',
  args: {
    host: { type: 'str', default: '127.0.0.1', doc: 'Whose port.' },
    port: { type: 'int', doc: 'The port.' },
    path: { type: 'path', doc: 'The file.' },
    search_regex: { type: 'str', doc: 'Regular expression that the file, or what the port says, must fit.' },
    state: {
      type: 'str',
      default: 'started',
      choices: ['absent', 'drained', 'present', 'started', 'stopped'],
      doc: 'What to wait for.',
    },
    timeout: { type: 'int', default: 300, doc: 'Seconds until it fails.' },
    connect_timeout: { type: 'int', default: 5, doc: 'Seconds that one connection may take.' },
    delay: { type: 'int', default: 0, doc: 'Seconds to wait before looking.' },
    sleep: { type: 'int', default: 1, doc: 'Seconds between looks.' },
    active_connection_states: {
      type: 'list',
      elements: 'str',
      default: ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'SYN_RECV', 'SYN_SENT', 'TIME_WAIT'],
      doc: 'Which connections count for `drained`.',
    },
    exclude_hosts: { type: 'list', elements: 'str', doc: 'Whose connections do not count for `drained`.' },
    msg: { type: 'str', doc: 'What to say when it fails.' },
  },
  prepare(controller) {
    return { sleep: (seconds: number) => controller.sleep(seconds), checkMode: controller.checkMode };
  },
  async inspect(host, args, inputs) {
    // What is waited for may be the work of a task that check mode did not do.
    if (inputs.checkMode || wrongArguments(args) !== undefined) return { elapsed: 0, found: undefined };
    return waitUntil(host, args, inputs.sleep);
  },
  plan(args, before, inputs): Plan {
    const { elapsed, found } = before;
    const wrong = wrongArguments(args);
    if (wrong !== undefined) return { changes: [], failed: wrong, result: { elapsed } };
    if (inputs.checkMode) return { changes: [], skipped: true, result: { msg: 'nothing is waited for in check mode' } };
    if (!found) return { changes: [], failed: args.msg ?? timeoutMessage(args), result: { elapsed } };
    const { groups = [], names = new Map<string, number>() } = found.match ?? {};
    const named = [...names].map(([name, index]) => [name, groups[index] ?? null] as [Value, Value]);
    return {
      changes: [],
      result: {
        elapsed,
        state: args.state,
        port: args.port,
        path: args.path,
        search_regex: args.search_regex,
        match_groups: groups.slice(1),
        match_groupdict: new Map<Value, Value>(named),
      },
    };
  },
  examples: '- wait_for: {port: 6443, timeout: 60}\n- wait_for: {path: /run/app.pid, state: absent}',
});

interface WaitArgs {
  readonly host: string;
  readonly port: number | null;
  readonly path: string | null;
  readonly search_regex: string | null;
  readonly state: 'absent' | 'drained' | 'present' | 'started' | 'stopped';
  readonly timeout: number;
  readonly connect_timeout: number;
  readonly delay: number;
  readonly sleep: number;
  readonly active_connection_states: readonly string[];
  readonly exclude_hosts: readonly string[] | null;
}

interface Found {
  readonly match?: Match | undefined;
}

function wrongArguments({ port, path, state, ...args }: WaitArgs): string | undefined {
  if (port !== null && path !== null) return 'port and path parameter can not both be passed to wait_for';
  if (path !== null && (state === 'stopped' || state === 'drained')) {
    return `state=${state} should only be used for checking a port in the wait_for module`;
  }
  if (args.exclude_hosts !== null && state !== 'drained') return 'exclude_hosts should only be with state=drained';
  const unknown = args.active_connection_states.find((name) => !Object.hasOwn(connectionStates, name));
  return unknown && `unknown active_connection_state (${unknown}) defined`;
}

async function waitUntil(
  host: HostView,
  args: WaitArgs,
  sleep: (seconds: number) => Promise<void>,
): Promise<{ elapsed: number; found: Found | undefined }> {
  const start = Date.now();
  const elapsed = () => (Date.now() - start) / 1000;
  if (args.delay > 0) await sleep(args.delay);
  if (args.port === null && args.path === null && args.state !== 'drained') {
    await sleep(args.timeout);
    return { elapsed: Math.floor(elapsed()), found: {} };
  }
  // Most services say who they are at once, so that the first look listens but briefly.
  let patience = args.search_regex === null ? args.connect_timeout : 1;
  while (elapsed() < args.timeout) {
    const left = Math.max(1, Math.ceil(args.timeout - elapsed()));
    const found = await lookOnce(host, args, Math.min(patience, left));
    if (found) return { elapsed: Math.floor(elapsed()), found };
    patience = args.connect_timeout;
    await sleep(args.sleep);
  }
  return { elapsed: Math.floor(elapsed()), found: undefined };
}

async function lookOnce(host: HostView, args: WaitArgs, timeout: number): Promise<Found | undefined> {
  const { port, path, state } = args;
  const given = (met: boolean): Found | undefined => (met ? {} : undefined);
  if (state === 'drained') {
    const states = args.active_connection_states;
    const count = await countConnections(host, { host: args.host, port, states, excluded: args.exclude_hosts ?? [] });
    return given(count === 0);
  }
  const gone = state === 'absent' || state === 'stopped';
  if (path !== null) return gone ? given(!(await exists(host, path))) : lookAtFile(host, path, args.search_regex);
  const place = { host: args.host, port: port ?? 0, timeout };
  if (gone) return given(!(await isOpen(host, place)));
  if (args.search_regex === null) return given(await isOpen(host, place));
  const said = await readPort(host, place);
  return said && matchIn(said, args.search_regex);
}

async function exists(host: HostView, path: string): Promise<boolean> {
  return (await host.query(sh`[ -e ${path} ]`)).rc === 0;
}

async function lookAtFile(host: HostView, path: string, pattern: string | null): Promise<Found | undefined> {
  if (pattern === null) return (await exists(host, path)) ? {} : undefined;
  const file = await host.read(path);
  return file && matchIn(file.content, pattern);
}

function matchIn(content: Buffer, pattern: string): Found | undefined {
  const match = search(pattern, content.toString('utf8'), { multiline: true });
  return match ? { match } : undefined;
}

function timeoutMessage({ host, port, path, state, search_regex: pattern }: WaitArgs): string {
  const place = path ?? `${host}:${port}`;
  if (state === 'drained') return `Timeout when waiting for ${host}:${port} to drain`;
  if (state === 'absent' || state === 'stopped') {
    return `Timeout when waiting for ${place} to ${path === null ? 'stop' : 'be absent'}.`;
  }
  if (pattern !== null) return `Timeout when waiting for search string ${pattern} in ${place}`;
  return path === null ? `Timeout when waiting for ${place}` : `Timeout when waiting for file ${path}`;
}
