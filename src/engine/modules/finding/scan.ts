import { posix } from 'node:path';
import { TsplayError } from '../../model/errors.ts';
import { sh } from '../../remote/quote.ts';
import { parseState } from '../../remote/state.ts';
import type { FileState, HostView } from '../../remote/types.ts';

/** Everything below one folder. */
export interface Scan {
  readonly root: string;
  /** As `os.walk` meets them: a folder's files, its folders, then what is in each of these. */
  readonly entries: readonly FileState[];
  /** Folders below it that may not be read, with the reason. */
  readonly denied: ReadonlyMap<string, string>;
  /** Why the folder was not looked at. */
  readonly problem?: string | undefined;
}

export interface ScanOptions {
  /** Levels below the folder; undefined for all. */
  readonly depth: number | undefined;
  readonly follow: boolean;
  /** A text that no file name can hold by accident or design: new for each scan. */
  readonly nonce: string;
}

const format = '%f|%u|%g|%s|%.9X|%.9Y|%.9Z|%i|%h|%d|%b|%U|%G';

/** Walks a folder of the host in one round trip. */
export async function scanFolder(host: HostView, root: string, options: ScanOptions): Promise<Scan> {
  const follow = options.follow ? sh`-L` : sh``;
  const depth = options.depth === undefined ? sh`` : sh`-maxdepth ${options.depth}`;
  const line = `${options.nonce}|${format}|%n`;
  const start = root.endsWith('/') ? root : `${root}/`;
  // find fails where it may not come back to, such as root's home for another user.
  const away = start.startsWith('/') ? sh`cd /` : sh`:`;
  const script = sh`${away}; [ -d ${root} ] || exit 3; find ${follow} ${absolute(start)} -mindepth 1 ${depth} -exec stat -c ${line} -- {} + ; exit 0`;
  const done = await host.query(sh`( ${script} )`);
  if (done.rc === 3) return { root, entries: [], denied: new Map(), problem: `'${root}' is not a directory` };
  if (done.truncated) throw new TsplayError('module', `${root} holds too much to be listed`);
  const records = done.stdout.toString().split(`${options.nonce}|`).slice(1);
  const entries = records.flatMap((record) => parseRecord(record) ?? []);
  return { root, entries: inWalkOrder(entries, posix.normalize(start)), denied: readDenied(done.stderr.toString()) };
}

/** What find says of folders it may not read: `find: '/x': Permission denied`. */
function readDenied(said: string): Map<string, string> {
  const found = said.matchAll(/^find: '?([./].*?)'?: Permission denied$/gm);
  return new Map([...found].map(([, path = '']) => [posix.normalize(path), `[Errno 13] Permission denied: '${path}'`]));
}

/** A path that find cannot take for an option. */
function absolute(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}

function parseRecord(record: string): FileState | undefined {
  const line = record.replace(/\n$/, '');
  const fields = line.split('|');
  return parseState(posix.normalize(fields.slice(13).join('|')), fields.slice(0, 13).join('|'));
}

function inWalkOrder(entries: readonly FileState[], root: string): FileState[] {
  const children = new Map<string, FileState[]>();
  for (const entry of entries) {
    const folder = posix.dirname(entry.path);
    children.set(folder, [...(children.get(folder) ?? []), entry]);
  }
  const walk = (folder: string): FileState[] => {
    const here = children.get(folder) ?? [];
    const folders = here.filter((entry) => entry.kind === 'directory');
    const files = here.filter((entry) => entry.kind !== 'directory');
    return [...files, ...folders, ...[...files, ...folders].flatMap((entry) => walk(entry.path))];
  };
  return walk(root.length > 1 ? root.replace(/\/$/, '') : root);
}
