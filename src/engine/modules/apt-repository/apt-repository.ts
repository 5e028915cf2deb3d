import type { Change } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { updateCache } from '../apt/commands.ts';
import { parseMode, resolveMode } from '../args/mode.ts';
import { defineModule } from '../define.ts';
import { beforeOf } from '../files/target.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import { linesOf, readText, type TextFile, writeText } from '../text-file.ts';
import type { Plan } from '../types.ts';
import { enabledIn, fileNameFor, parseSource, removedFrom } from './sources.ts';

interface RepositoryArgs {
  readonly repo: string;
  readonly state: 'absent' | 'present';
  readonly mode: Value;
  readonly update_cache: boolean;
  readonly update_cache_retries: number;
  readonly update_cache_retry_max_delay: number;
  readonly filename: string | null;
  readonly codename: string | null;
}

interface RepositoryState {
  /** sources.list and what is beside it. */
  readonly files: readonly TextFile[];
  /** Release of the host, for `ppa:` repositories. */
  readonly codename: string;
}

const folder = '/etc/apt/sources.list.d';

export const aptRepository = defineModule({
  name: 'apt_repository',
  collection: 'ansible.builtin',
  summary: 'Manage repositories of apt',
  args: {
    repo: {
      type: 'str',
      required: true,
      doc: 'The line of sources.list: `deb http://example.com/debian stable main`.',
    },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is used.' },
    mode: { type: 'raw', doc: 'Permissions of a new file.' },
    update_cache: {
      type: 'bool',
      default: true,
      aliases: ['update-cache'],
      doc: 'Update the package lists after a change.',
    },
    update_cache_retries: { type: 'int', default: 5, doc: 'How often an update is tried.' },
    update_cache_retry_max_delay: { type: 'int', default: 12, doc: 'Longest pause between tries, in seconds.' },
    filename: { type: 'str', doc: 'Name of its file in sources.list.d.' },
    install_python_apt: { type: 'bool', default: true, doc: 'Taken for compatibility: no Python is needed.' },
    validate_certs: { type: 'bool', default: true, doc: 'Taken for compatibility: nothing is fetched here.' },
    codename: { type: 'str', doc: "Release for `ppa:` repositories; by default the host's." },
  },
  async inspect(host): Promise<RepositoryState> {
    const { stdout } = await host.query(sh`. /etc/os-release 2>/dev/null; printf '%s\n' "$VERSION_CODENAME"
for f in /etc/apt/sources.list ${folder}/*.list; do [ ! -f "$f" ] || printf '%s\n' "$f"; done`);
    const [codename = '', ...paths] = linesOf(stdout.toString('utf8'));
    return { codename, files: await Promise.all(paths.map((path) => readText(host, path))) };
  },
  plan: planRepository,
  report(args, before, outcomes) {
    const failure = failedChange(planRepository(args, before).changes, outcomes);
    if (!failure) return {};
    const stderr = textOf(failure.outcome.stderr) || 'unknown reason';
    return { failed: `Failed to update apt cache after ${args.update_cache_retries} retries: ${stderr}` };
  },
  examples: `- apt_repository:
    repo: deb http://deb.debian.org/debian bookworm-backports main
    filename: backports`,
});

function planRepository(args: RepositoryArgs, { files, codename }: RepositoryState): Plan {
  const line = args.repo.startsWith('ppa:') ? ppaLine(args.repo, args.codename ?? codename) : args.repo;
  const { valid, enabled, source } = parseSource(line);
  if (args.repo === '') return { changes: [], failed: "Please set argument 'repo' to a non-empty value" };
  if (!valid || !enabled) return { changes: [], failed: `Invalid repository string: ${args.repo}` };
  const changes = args.state === 'present' ? add(args, files, source) : remove(files, source);
  const added = changes.flatMap((change) =>
    change.kind === 'write' && change.before.kind === 'absent' ? [change.path] : [],
  );
  const removed = changes.flatMap((change) => (change.kind === 'remove' ? [change.path] : []));
  if (changes.length && args.update_cache) {
    changes.push(
      runChange('update the package lists', updateCache(args.update_cache_retries, args.update_cache_retry_max_delay)),
    );
  }
  const result = { repo: args.repo, state: args.state, sources_added: added, sources_removed: removed };
  return { changes, result };
}

/** `ppa:owner/name` stands for an archive on Launchpad, whose key has to be added by itself. */
function ppaLine(repo: string, codename: string): string {
  const [owner = '', name = 'ppa'] = repo.slice('ppa:'.length).split('/');
  return `deb https://ppa.launchpadcontent.net/${owner}/${name}/ubuntu ${codename} main`;
}

function add(args: RepositoryArgs, files: readonly TextFile[], source: string): Change[] {
  const standing = files.map((file) => [file, enabledIn(file.text, source)] as const);
  const found = standing.filter(([, text]) => text !== undefined);
  if (found.length)
    return found.filter(([file, text]) => text !== file.text).map(([file, text]) => writeText(file, text!));
  const name = args.filename === null ? fileNameFor(source) : `${args.filename}.list`;
  const path = name.includes('/') ? name : `${folder}/${name}`;
  const file = files.find((one) => one.path === path) ?? { path, state: undefined, text: '' };
  const spec = parseMode(args.mode);
  const mode = spec ? resolveMode(spec, { mode: 0o644, directory: false, umask: 0o022 }) : 0o644;
  const text = linesOf(file.text)
    .concat(source)
    .map((line) => `${line}\n`)
    .join('');
  return [writeText(file, text, file.state ? {} : { attributes: { mode } })];
}

function remove(files: readonly TextFile[], source: string): Change[] {
  return files.flatMap((file): Change[] => {
    const text = removedFrom(file.text, source);
    if (text === undefined) return [];
    if (text !== '') return [writeText(file, text)];
    const diff = { before: file.text, after: '', beforeHeader: file.path, afterHeader: '/dev/null' };
    const before = beforeOf(file.state, Buffer.from(file.text));
    return [{ kind: 'remove', summary: `remove ${file.path}`, path: file.path, before, diff }];
  });
}
