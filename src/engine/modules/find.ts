import { randomBytes } from 'node:crypto';
import { TextDecoder } from 'node:util';
import type { Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import type { FileState, HostView } from '../remote/types.ts';
import { match, search } from '../template/regex.ts';
import { defineModule } from './define.ts';
import { statFacts } from './files/facts.ts';
import { type Filter, parseAge, parseBytes, passes } from './finding/filters.ts';
import { type Scan, scanFolder } from './finding/scan.ts';

export const find = defineModule({
  name: 'find',
  collection: 'ansible.builtin',
  asksOnly: true,
  summary: 'List files that fit',
  args: {
    paths: { type: 'list', elements: 'path', required: true, aliases: ['name', 'path'], doc: 'Folders to look in.' },
    patterns: { type: 'list', elements: 'str', default: [], aliases: ['pattern'], doc: 'Names to take.' },
    excludes: { type: 'list', elements: 'str', aliases: ['exclude'], doc: 'Names to leave out.' },
    contains: { type: 'str', doc: 'Regular expression that the start of a line must fit.' },
    read_whole_file: { type: 'bool', default: false, doc: 'Search `contains` in the whole content instead.' },
    file_type: { type: 'str', default: 'file', choices: ['any', 'directory', 'file', 'link'], doc: 'What to take.' },
    age: { type: 'str', doc: 'Older than this (`3d`, `2h`), or younger if negative.' },
    age_stamp: { type: 'str', default: 'mtime', choices: ['atime', 'ctime', 'mtime'], doc: 'The time that counts.' },
    size: { type: 'str', doc: 'Larger than this (`10k`, `1g`), or smaller if negative.' },
    recurse: { type: 'bool', default: false, doc: 'Look into folders below too.' },
    hidden: { type: 'bool', default: false, doc: 'Take names that start with a dot too.' },
    follow: { type: 'bool', default: false, doc: 'Follow symbolic links to folders.' },
    get_checksum: { type: 'bool', default: false, doc: 'Add the SHA1 of each file.' },
    use_regex: { type: 'bool', default: false, doc: 'Patterns are regular expressions.' },
    depth: { type: 'int', doc: 'Levels to go down.' },
    mode: { type: 'raw', doc: 'Permissions to have.' },
    exact_mode: { type: 'bool', default: true, doc: 'Have just these permissions, not only some of them.' },
    encoding: { type: 'str', doc: 'Encoding of what `contains` looks in.' },
    limit: { type: 'int', doc: 'Take no more than this.' },
  },
  prepare() {
    return randomBytes(16).toString('hex');
  },
  async inspect(host, args, nonce) {
    const filter = filterOf(args);
    const depth = args.recurse ? (args.depth === null ? undefined : args.depth + 1) : 1;
    const paths = await Promise.all(args.paths.map((path) => host.expand(path)));
    const [clock, ...scans] = await Promise.all([
      host.query(sh`date +%s`),
      ...paths.map((path) => scanFolder(host, path, { depth, follow: args.follow, nonce })),
    ]);
    const now = Number(clock.stdout.toString());
    const searched = await Promise.all(scans.map((scan) => searchScan(host, scan, args, filter, now)));
    const found = searched.flatMap(({ files }) => files);
    const taken = args.limit === null ? found : found.slice(0, args.limit);
    return {
      scans: searched.map(({ scan }) => scan),
      files: args.get_checksum ? await withChecksums(host, taken) : taken,
    };
  },
  plan(args, before) {
    const bad = wrongArgument(args);
    if (bad !== undefined) return { changes: [], failed: bad };
    const skipped = before.scans.flatMap(({ root, problem }) => (problem ? [[root, problem] as const] : []));
    const limited = args.limit !== null && before.files.length === args.limit;
    const complete = limited ? 'Limit of matches reached' : 'All paths examined';
    return {
      changes: [],
      result: {
        files: before.files.map(describe),
        matched: before.files.length,
        examined: before.scans.reduce((sum, scan) => sum + scan.entries.length, 0),
        msg: skipped.length > 0 ? 'Not all paths examined, check warnings for details' : complete,
        skipped_paths: new Map<Value, Value>([...before.scans.flatMap(({ denied }) => [...denied]), ...skipped]),
      },
      warnings: skipped.map(([root, problem]) => `Skipped '${root}' path due to this access issue: ${problem}`),
    };
  },
  examples: '- find: {paths: /var/log, patterns: "*.gz", age: 30d}\n  register: old',
});

interface Wanted {
  readonly age: string | null;
  readonly size: string | null;
  readonly mode: Value;
  readonly limit: number | null;
}

function filterOf(
  args: Wanted & Omit<Filter, 'age' | 'size' | 'mode' | 'excludes'> & { excludes: string[] | null },
): Filter {
  return {
    ...args,
    excludes: args.excludes ?? [],
    age: args.age === null ? undefined : parseAge(args.age),
    size: args.size === null ? undefined : parseBytes(args.size),
    mode: typeof args.mode === 'string' ? args.mode : null,
  };
}

function wrongArgument({ age, size, mode, limit }: Wanted): string | undefined {
  if (age !== null && parseAge(age) === undefined) return 'failed to process age';
  if (size !== null && parseBytes(size) === undefined) return 'failed to process size';
  if (limit !== null && limit <= 0) return `limit cannot be ${limit} (use None for unlimited)`;
  if (mode === null || typeof mode === 'string') return undefined;
  return "argument 'mode' is not a string and conversion is not allowed, value is of type int";
}

/** The scan goes one level too deep where `depth` is given, since Ansible counts that level as examined. */
function candidatesOf(scan: Scan, filter: Filter, depth: number | null, now: number): FileState[] {
  const base = scan.root.replace(/\/+$/, '').split('/').length;
  const near = (entry: FileState) => !depth || entry.path.split('/').length - base <= depth;
  return scan.entries.filter((entry) => near(entry) && passes(entry, filter, now));
}

interface ContentArgs {
  readonly contains: string | null;
  readonly read_whole_file: boolean;
  readonly encoding: string | null;
  readonly depth: number | null;
}

/** The files of one folder that fit; a file that cannot be decoded is a problem of the whole folder. */
async function searchScan(
  host: HostView,
  scan: Scan,
  args: ContentArgs,
  filter: Filter,
  now: number,
): Promise<{ scan: Scan; files: FileState[] }> {
  const candidates = candidatesOf(scan, filter, args.depth, now);
  if (args.contains === null || filter.file_type !== 'file') return { scan, files: candidates };
  try {
    return { scan, files: await withContent(host, candidates, args, args.contains) };
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    return { scan: { ...scan, problem: error.message }, files: [] };
  }
}

class EncodingError extends Error {}

async function withContent(
  host: HostView,
  candidates: readonly FileState[],
  args: ContentArgs,
  pattern: string,
): Promise<FileState[]> {
  const fits = await Promise.all(
    candidates.map(async (entry) => {
      const text = decode((await host.read(entry.path))?.content ?? Buffer.alloc(0), args.encoding, entry.path);
      if (args.read_whole_file) return search(pattern, text) !== null;
      return text.split(/(?<=\n)/).some((line) => match(pattern, line) !== null);
    }),
  );
  return candidates.filter((_, index) => fits[index]);
}

function decode(content: Buffer, encoding: string | null, path: string): string {
  const decoder = decoderOf(encoding ?? 'utf-8');
  try {
    return decoder.decode(content);
  } catch {
    const named = encoding ?? 'None (default determined by the Python built-in function "open")';
    throw new EncodingError(`Failed to read the file ${path} due to an encoding error. current encoding: ${named}`);
  }
}

/** Python also writes `latin-1` and `utf_8`. */
function decoderOf(encoding: string): TextDecoder {
  const label = encoding.toLowerCase().replaceAll('_', '-').replace('latin-', 'latin');
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    throw new EncodingError(`unknown encoding: ${encoding}`);
  }
}

function withChecksums(host: HostView, files: readonly FileState[]): Promise<FileState[]> {
  return Promise.all(
    files.map(async (entry) => {
      if (entry.kind !== 'file') return entry;
      const checksum = (await host.stat(entry.path, { checksum: 'sha1' }))?.checksum;
      return checksum === undefined ? entry : { ...entry, checksum };
    }),
  );
}

function describe(entry: FileState): Value {
  const checksum: [Value, Value][] = entry.checksum === undefined ? [] : [['checksum', entry.checksum]];
  return new Map<Value, Value>([['path', entry.path], ...Object.entries(statFacts(entry)), ...checksum]);
}
