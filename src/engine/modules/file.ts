import { randomUUID } from 'node:crypto';
import { sh } from '../remote/quote.ts';
import type { FileState, HostView } from '../remote/types.ts';
import { fileArgs } from './args/common.ts';
import { defineModule } from './define.ts';
import { planAbsent } from './files/absent.ts';
import { planDirectory } from './files/directory.ts';
import { stateWord } from './files/facts.ts';
import { fullSource, type LinkState, planHardLink, planLink } from './files/link.ts';
import { basename, followed, joinPath, missingFolders } from './files/paths.ts';
import { inspectContext, type Target } from './files/target.ts';
import { parseTime } from './files/times.ts';
import { planFile, planTouch } from './files/touch.ts';
import { type Wanted, wantedOf } from './files/wanted.ts';
import { scanFolder } from './finding/scan.ts';

export const file = defineModule({
  name: 'file',
  collection: 'ansible.builtin',
  summary: 'Make files, folders and links, or change their owner and mode, or remove them',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, aliases: ['dest', 'name'], doc: 'The path.' },
    state: {
      type: 'str',
      choices: ['absent', 'directory', 'file', 'hard', 'link', 'touch'],
      doc: 'What it is to be; as it is now if not said.',
    },
    src: { type: 'path', doc: 'What a link leads to.' },
    recurse: { type: 'bool', default: false, doc: 'Give owner and mode to all below a folder too.' },
    force: { type: 'bool', default: false, doc: 'Link to what is not there, or in the place of a file.' },
    follow: { type: 'bool', default: true, doc: 'Change what a link leads to.' },
    modification_time: { type: 'str', doc: 'Time to set: `now`, `preserve`, or one of the format.' },
    modification_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', doc: 'How the time is written.' },
    access_time: { type: 'str', doc: 'Time to set: `now`, `preserve`, or one of the format.' },
    access_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', doc: 'How the time is written.' },
  },
  prepare(_controller, args) {
    return { wanted: wantedOf(args), now: Date.now() / 1000, nonce: randomUUID() };
  },
  async inspect(host, args, inputs) {
    const { path, state } = await placeOf(host, args);
    const goal = args.state ?? (state ? stateWord(state) : args.recurse ? 'directory' : 'file');
    const { wanted, nonce } = inputs;
    if (goal === 'absent')
      return { goal, target: bare(path, state), ...nothing, below: await listBelow(host, path, state, nonce) };
    if (goal === 'link' || goal === 'hard') {
      return { goal, target: bare(path, state), ...nothing, link: await inspectLink(host, path, state, args, wanted) };
    }
    const end = await followed(host, path, state, args.follow && goal !== 'touch');
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
  },
  plan(args, before, inputs) {
    const { goal, target, link, missing, below } = before;
    const { wanted, now } = inputs;
    const fail = (failed: string) => ({ changes: [], failed, result: { path: target.path } });
    if (args.recurse && goal !== 'directory') return fail("recurse option requires state to be 'directory'");
    if (args.src !== null && goal !== 'link' && goal !== 'hard')
      return fail("src option requires state to be 'link' or 'hard'");
    if (goal === 'absent')
      return planAbsent(
        target.path,
        target.state,
        below.flatMap((entry) => entry.state ?? []),
      );
    if (link) return goal === 'link' ? planLink(args, wanted, link) : planHardLink(args, wanted, link);
    if (goal === 'directory') return planDirectory(target, wanted, missing, below);
    const other = goal === 'touch' ? 'now' : 'preserve';
    const mtime = parseTime(args.modification_time, args.modification_time_format, other);
    const atime = parseTime(args.access_time, args.access_time_format, other);
    return (goal === 'touch' ? planTouch : planFile)(target, wanted, { mtime, atime }, now);
  },
  examples:
    '- file: {path: /srv/app, state: directory, owner: app, mode: "0750"}\n- file: {path: /tmp/old, state: absent}',
});

interface FileArgs {
  readonly path: string;
  readonly state: string | null;
  readonly src: string | null;
  readonly follow: boolean;
  readonly force: boolean;
}

const nothing = { link: undefined, missing: [] as string[], below: [] as Target[] };

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
  const scan = await scanFolder(host, path, { depth: undefined, follow: false, nonce });
  const context = await inspectContext(host, path, wanted, undefined);
  const links = follow ? scan.entries.filter((entry) => entry.kind === 'link') : [];
  const ends = await Promise.all(links.map((entry) => followed(host, entry.path, entry, true)));
  const all = [
    ...scan.entries.map((entry) => ({ path: entry.path, state: entry })),
    ...ends.filter((end) => end.state),
  ];
  return all.map((entry) => ({ ...entry, context }));
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
