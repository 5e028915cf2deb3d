import { sh } from '../../remote/quote.ts';
import type { FileState, HostView } from '../../remote/types.ts';
import { scanFolder } from '../finding/scan.ts';
import { stateWord } from './facts.ts';
import { fullSource, type LinkState } from './link.ts';
import { basename, followed, joinPath, missingFolders } from './paths.ts';
import { inspectContext, type Target } from './target.ts';
import type { Wanted } from './wanted.ts';

/** What of the arguments of `file` says where to look. */
export interface FileArgs {
  readonly path: string;
  readonly state: Look['goal'] | null;
  readonly src: string | null;
  readonly follow: boolean;
  readonly force: boolean;
  readonly recurse: boolean;
}

/** What is there, as the state to have needs to know it. */
export interface Look {
  readonly goal: 'absent' | 'directory' | 'file' | 'hard' | 'link' | 'touch';
  readonly target: Target;
  readonly link: LinkState | undefined;
  /** Folders that lack on the way to a folder, itself included. */
  readonly missing: readonly string[];
  /** What recursion reaches, or what is removed with a folder. */
  readonly below: readonly Target[];
}

const nothing = { link: undefined, missing: [] as string[], below: [] as Target[] };

/** `nonce` marks the lines of a scan: a text that no file name holds. */
export async function lookAt(host: HostView, args: FileArgs, wanted: Wanted, nonce: string): Promise<Look> {
  const { path, state } = await placeOf(host, args);
  const goal = args.state ?? (state ? stateWord(state) : args.recurse ? 'directory' : 'file');
  if (goal === 'absent')
    return { goal, target: bare(path, state), ...nothing, below: await listBelow(host, path, state, nonce) };
  if (goal === 'link' || goal === 'hard') {
    return { goal, target: bare(path, state), ...nothing, link: await inspectLink(host, path, state, args, wanted) };
  }
  const end = await followed(host, path, state, args.follow);
  const target = { ...end, context: await inspectContext(host, end.path, wanted, end.state) };
  if (goal !== 'directory') return { goal, target, ...nothing };
  const missing = end.state ? [] : await missingFolders(host, end.path);
  const recursive = args.recurse && end.state?.kind === 'directory';
  return {
    goal,
    target,
    ...nothing,
    missing,
    below: recursive ? await inspectBelow(host, end.path, wanted, args.follow, nonce) : [],
  };
}

/** Whether a zero byte stands in the first bytes of a file. */
export async function looksBinary(host: HostView, path: string): Promise<boolean> {
  return (await host.query(sh`head -c 8192 -- ${path} 2>/dev/null`)).stdout.includes(0);
}

function bare(path: string, state: FileState | undefined): Target {
  return { path, state, context: { umask: 0o022 } };
}

/** A folder given for a file, with a source: the file of that name in it. */
async function placeOf(host: HostView, args: FileArgs): Promise<{ path: string; state: FileState | undefined }> {
  const path = args.path.length > 1 ? args.path.replace(/\/+$/, '') : args.path;
  if (args.src === null || args.state === 'link' || args.state === 'absent')
    return { path, state: await host.stat(path) };
  const [state, end] = await Promise.all([host.stat(path), host.stat(path, { follow: true })]);
  if (end?.kind !== 'directory') return { path, state };
  const inner = joinPath(path, basename(args.src));
  return { path: inner, state: await host.stat(inner) };
}

async function listBelow(host: HostView, path: string, state: FileState | undefined, nonce: string): Promise<Target[]> {
  if (state?.kind !== 'directory') return [];
  const scan = await scanFolder(host, path, { depth: undefined, follow: false, nonce });
  return scan.entries.map((entry) => bare(entry.path, entry));
}

/** Everything below a folder; with `follow`, also what links in it lead to. */
async function inspectBelow(
  host: HostView,
  path: string,
  wanted: Wanted,
  follow: boolean,
  nonce: string,
): Promise<Target[]> {
  const context = await inspectContext(host, path, wanted, undefined);
  const seen = new Map<string, FileState>();
  const waiting = [path];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const { entries } = await scanFolder(host, folder, { depth: undefined, follow: false, nonce });
    for (const entry of entries) seen.set(entry.path, entry);
    const links = follow ? entries.filter((entry) => entry.kind === 'link') : [];
    for (const end of await Promise.all(links.map((entry) => followed(host, entry.path, entry, true)))) {
      if (!end.state || seen.has(end.path) || end.path === path) continue;
      seen.set(end.path, end.state);
      if (end.state.kind === 'directory') waiting.push(end.path);
    }
  }
  return [...seen].map(([at, state]) => ({ path: at, state, context }));
}

async function inspectLink(
  host: HostView,
  path: string,
  state: FileState | undefined,
  args: FileArgs,
  wanted: Wanted,
): Promise<LinkState> {
  const source = args.src ?? state?.target;
  const full = source === undefined ? undefined : fullSource(state?.kind === 'directory' ? `${path}/` : path, source);
  const [end, inside] = await Promise.all([
    full === undefined ? undefined : host.stat(full, { follow: true }),
    state?.kind === 'directory' ? host.query(sh`ls -A -- ${path}`) : undefined,
  ]);
  const settled = end && full !== undefined ? { ...end, path: full } : undefined;
  return {
    target: { path, state, context: await inspectContext(host, path, wanted, state) },
    end: { path: full ?? path, state: settled, context: await inspectContext(host, full ?? path, wanted, settled) },
    sourceExists: end !== undefined,
    sourceId: end && `${end.device}:${end.inode}`,
    emptyFolder: inside?.stdout.length === 0,
  };
}
