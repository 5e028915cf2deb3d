import { TsplayError } from '../model/errors.ts';
import type { Completed } from '../model/script.ts';
import { expandPath } from './expand.ts';
import { sh } from './quote.ts';
import type { Runner } from './runner.ts';
import { parseState } from './state.ts';
import type { Digest, FileState, HostView } from './types.ts';

/** Bytes of the largest file that is read whole. */
const READ_LIMIT = 100 * 1024 * 1024;

/** What a module's `inspect` sees of a host. */
export function hostView(runner: Runner): HostView {
  return {
    stat: (path, options) => stat(runner, path, options ?? {}),
    read: (path) => read(runner, path),
    query: (script, options) => runner.script(script, options),
    expand: (path) => expandPath(runner, path),
  };
}

async function stat(
  runner: Runner,
  path: string,
  { follow = false, checksum }: { follow?: boolean; checksum?: Digest },
): Promise<FileState | undefined> {
  const look = follow ? sh`_st ${path} -L` : sh`_st ${path}`;
  const done = await runner.call(checksum ? sh`{ ${look} && { ${sh`_sum ${checksum} ${path}`} || :; }; }` : look);
  if (done.rc === 127) throw problem(path, done);
  if (done.rc !== 0) return undefined;
  const text = done.stdout.toString();
  const end = text.indexOf('\n');
  const state = parseState(path, text.slice(0, end));
  if (!state) throw problem(path, done);
  if (state.kind === 'link') return { ...state, target: text.slice(end + 1, -1) };
  const digest = checksum && state.kind === 'file' ? /^[0-9a-f]{32,}/.exec(text.slice(end + 1).trim())?.[0] : undefined;
  return digest ? { ...state, checksum: digest } : state;
}

async function read(runner: Runner, path: string): Promise<{ state: FileState; content: Buffer } | undefined> {
  const done = await runner.call(sh`_rd ${path} ${READ_LIMIT}`, READ_LIMIT + 4096);
  if (done.rc === 1) return undefined;
  const end = done.stdout.indexOf('\n');
  const state = parseState(path, done.stdout.toString('utf8', 0, end));
  if (!state) throw problem(path, done);
  if (state.kind === 'directory') throw new TsplayError('module', `${path} is a directory`);
  if (state.kind !== 'file') throw new TsplayError('module', `${path} is not a regular file`);
  if (done.rc === 5 || done.truncated) {
    throw new TsplayError('module', `${path} is too large to be read (${state.size} bytes)`);
  }
  if (done.rc !== 0) throw problem(path, done);
  return { state, content: done.stdout.subarray(end + 1) };
}

function problem(path: string, { stderr, rc }: Completed): TsplayError {
  return new TsplayError('module', `cannot read ${path}: ${stderr.toString().trim() || `rc ${rc}`}`);
}
