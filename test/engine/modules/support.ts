import { createHash } from 'node:crypto';
import { VarsFiles } from '../../../src/engine/inventory/vars-files.ts';
import type { Change } from '../../../src/engine/model/change.ts';
import type { Script } from '../../../src/engine/model/script.ts';
import type { Raw, Value } from '../../../src/engine/model/value.ts';
import { coerceArgs } from '../../../src/engine/modules/args/coerce.ts';
import type { Controller, ModuleDefinition, Plan } from '../../../src/engine/modules/types.ts';
import type { Completed, FileState, HostView } from '../../../src/engine/remote/types.ts';
import { withoutSecrets } from '../../../src/engine/template/vaulted.ts';

/** A file of a host that is only thought of. A text is a file of root's with mode 0644. */
export type FakeFile = string | Buffer | (Partial<Omit<FileState, 'path'>> & { readonly content?: string });

export interface FakeHost {
  /** By absolute path. Folders above a file are there by themselves. */
  readonly files?: Readonly<Record<string, FakeFile>>;
  /** Answers to scripts, by a pattern of their text: what they print, or how they end. The first that fits. */
  readonly answers?: readonly (readonly [RegExp, string | number | ((script: string) => string)])[];
  /** Numbers of users and groups beside root. */
  readonly ids?: Readonly<Record<string, number>>;
}

const plain: Omit<FileState, 'path'> = {
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  owner: 'root',
  group: 'root',
  size: 0,
  atime: 1000,
  mtime: 1000,
  ctime: 1000,
  inode: 1,
  nlink: 1,
  device: 1,
  blocks: 8,
};

/** A view of such a host; what was asked by scripts stands in `asked`. */
export function fakeHost({ files = {}, answers = [], ids = {} }: FakeHost = {}): HostView & { asked: string[] } {
  const asked: string[] = [];
  const states = new Map<string, { state: FileState; content: Buffer }>();
  for (const [path, file] of Object.entries(files)) {
    addFolders(states, path);
    states.set(path, entryOf(path, file));
  }
  const resolve = (path: string): string => {
    const found = states.get(path)?.state;
    if (found?.kind !== 'link') return path;
    const target = found.target ?? '';
    return resolve(target.startsWith('/') ? target : `${path.slice(0, path.lastIndexOf('/') + 1)}${target}`);
  };
  return {
    asked,
    async stat(path, { follow = false, checksum } = {}) {
      const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
      const found = states.get(follow ? resolve(clean) : clean);
      if (!found) return undefined;
      if (!checksum || found.state.kind !== 'file') return found.state;
      return { ...found.state, checksum: createHash(checksum).update(found.content).digest('hex') };
    },
    async read(path) {
      const found = states.get(resolve(path));
      if (found?.state.kind === 'directory') throw new Error(`${path} is a directory`);
      return found;
    },
    async query(script) {
      asked.push(script.text);
      return answer(script, answers, ids, resolve);
    },
    async expand(path) {
      return path.replace(/^~(?=\/|$)/, '/root');
    },
  };
}

function addFolders(states: Map<string, { state: FileState; content: Buffer }>, path: string): void {
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
    const folder = path.slice(0, at);
    if (!states.has(folder)) states.set(folder, entryOf(folder, { kind: 'directory', mode: 0o755 }));
  }
  states.set('/', entryOf('/', { kind: 'directory', mode: 0o755 }));
}

function entryOf(path: string, file: FakeFile): { state: FileState; content: Buffer } {
  const content = Buffer.from(typeof file === 'string' || Buffer.isBuffer(file) ? file : (file.content ?? ''));
  const { content: _, ...given } = typeof file === 'string' || Buffer.isBuffer(file) ? {} : file;
  return { state: { ...plain, size: content.length, ...given, path }, content };
}

function answer(
  { text }: Script,
  answers: NonNullable<FakeHost['answers']>,
  ids: Readonly<Record<string, number>>,
  resolve: (path: string) => string,
): Completed {
  const given = answers.find(([pattern]) => pattern.test(text))?.[1];
  if (typeof given === 'number') return completed(given);
  if (typeof given === 'function') return completed(0, given(text));
  if (given !== undefined) return completed(0, given);
  const link = /^readlink -f -- '([^']*)'$/.exec(text);
  if (link) return completed(0, `${resolve(link[1]!)}\n`);
  if (text.startsWith('umask; id -u;')) {
    const id = (table: string) => {
      const [, name] = new RegExp(`getent '${table}' '([^']*)'`).exec(text) ?? [];
      return name === undefined ? '' : name === 'root' ? '0' : String(ids[name] ?? '');
    };
    return completed(0, ['0022', '0', 'root', '0', 'root', id('passwd'), id('group'), '', ''].join('\n'));
  }
  throw new Error(`the fake host has no answer to: ${text}`);
}

export function completed(rc: number, stdout = '', stderr = ''): Completed {
  return { rc, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) };
}

/** A controller that finds nothing and evaluates nothing, unless told otherwise. */
export function fakeController(parts: Partial<Controller> = {}): Controller {
  const refuse = (name: string) => () => {
    throw new Error(`the fake controller has no ${name}`);
  };
  return {
    scope: { get: () => undefined, raw: () => undefined, names: () => [], with: refuse('with'), world: {} as never },
    readVars: (path) => new VarsFiles(withoutSecrets()).read(path),
    checkMode: false,
    diffMode: true,
    verbosity: 0,
    noLog: false,
    host: 'web1',
    position: { file: 'site.yml', line: 1, column: 1 },
    find: refuse('find'),
    readFile: refuse('readFile'),
    renderFile: refuse('renderFile'),
    evaluate: (raw) => raw as Value,
    holds: (condition) => condition === true,
    sleep: async () => undefined,
    prompt: async () => '',
    jobs: { folder: '~/.ansible_async', find: () => undefined },
    exchange: refuse('exchange'),
    interrupted: new AbortController().signal,
    peers: { silence: () => undefined, waiting: (_, work) => work() },
    reconnect: refuse('reconnect'),
    ...parts,
  };
}

export interface Planned {
  readonly plan: Plan;
  /** The plan's changes, each in a word: `write /x`. */
  readonly changes: string[];
}

type Module<A, I, S> = ModuleDefinition<A, I, S>;

/** From arguments as written to the plan. */
export async function planOf<A, I, S>(
  module: Module<A, I, S>,
  given: Readonly<Record<string, Raw>>,
  host: FakeHost = {},
  controller: Partial<Controller> = {},
): Promise<Planned> {
  const args = coerceArgs(module as never, new Map(Object.entries(given))) as A;
  const inputs = (await module.prepare?.(fakeController(controller), args)) as I;
  const before = (await module.inspect?.(fakeHost(host), args, inputs)) as S;
  const plan = module.plan(args, before, inputs);
  return { plan, changes: plan.changes.map(nameOf) };
}

function nameOf(change: Change): string {
  const mode =
    'attributes' in change && change.attributes.mode !== undefined ? ` ${change.attributes.mode.toString(8)}` : '';
  if (change.kind === 'run') {
    const { program } = change;
    return `run ${change.script.text}${program ? `; then ${JSON.stringify(program)}` : ''}`;
  }
  if (change.kind === 'link') return `link ${change.path} -> ${change.target}`;
  if (change.kind === 'share') return `share ${change.summary}`;
  return `${change.kind} ${change.path}${mode}`;
}

/** What a plan writes to a path, as text. */
export function written(plan: Plan, path: string): string | undefined {
  const change = plan.changes.find((each) => each.kind === 'write' && each.path === path);
  if (change?.kind !== 'write' || !('bytes' in change.content)) return undefined;
  return change.content.bytes.toString();
}
