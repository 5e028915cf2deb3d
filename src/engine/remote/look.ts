import { TsplayError } from '../model/errors.ts';
import type { Completed } from '../model/script.ts';
import { digestWord } from './digest.ts';
import { sh } from './quote.ts';
import type { Runner } from './runner.ts';
import { parseState } from './state.ts';
import type { Digest, FileState } from './types.ts';

/** Bytes of the largest file that is read whole. */
export const READ_LIMIT = 100 * 1024 * 1024;

/** What is known of a path after one look. All absent if nothing is there. */
export interface Look {
  /** The path itself, a link as a link. */
  readonly here?: FileState;
  /** Where links lead; absent behind a dangling one. */
  readonly there?: FileState;
  /** Hex digest of what is there, if it was wanted and it is a file that can be read. */
  readonly digest?: string | undefined;
  /** If it was wanted; a function, so that it fails for those alone who want it. */
  readonly content?: () => Buffer;
}

interface Wanted {
  digest?: Digest;
  read: boolean;
  readonly answer: Promise<Look>;
  readonly settle: (look: Promise<Look>) => void;
}

/**
 * Looks at paths; what is asked of one path in one tick (itself, where it leads, its digest, its content) is answered
 * by one frame, with one `stat` where one is enough.
 */
export class Looks {
  private readonly runner: Runner;
  private pending = new Map<string, Wanted>();

  constructor(runner: Runner) {
    this.runner = runner;
  }

  at(path: string, { digest, read = false }: { digest?: Digest | undefined; read?: boolean } = {}): Promise<Look> {
    const known = this.pending.get(path);
    if (known && (!digest || !known.digest || known.digest === digest)) {
      if (digest) known.digest = digest;
      known.read ||= read;
      return known.answer;
    }
    if (known) this.flush();
    if (this.pending.size === 0) queueMicrotask(() => this.flush());
    let settle: (look: Promise<Look>) => void = () => {};
    const answer = new Promise<Look>((resolve) => {
      settle = resolve;
    });
    this.pending.set(path, { read, answer, settle, ...(digest && { digest }) });
    return answer;
  }

  private flush(): void {
    const pending = this.pending;
    this.pending = new Map();
    for (const [path, wanted] of pending) wanted.settle(this.look(path, wanted));
  }

  private async look(path: string, { digest, read }: Wanted): Promise<Look> {
    const limit = read ? READ_LIMIT : '-';
    const done = await this.runner.call(
      sh`_lk ${path} ${digest ? digestWord(digest) : '-'} ${limit}`,
      read ? READ_LIMIT + 16384 : undefined,
    );
    if (done.rc === 1) return {};
    return parseLook(path, done, { digest: digest !== undefined, read });
  }
}

/** The lines of `_lk`, in their order. */
function parseLook(path: string, done: Completed, wanted: { digest: boolean; read: boolean }): Look {
  let at = 0;
  const line = (): string => {
    const end = done.stdout.indexOf(10, at);
    const text = done.stdout.toString('utf8', at, end < 0 ? undefined : end);
    at = end < 0 ? done.stdout.length : end + 1;
    return text;
  };
  const here = parseState(path, line());
  if (!here) throw problem(path, done);
  const digestLine = () => (wanted.digest ? /^[0-9a-f]{32,}/.exec(line())?.[0] : undefined);
  const content = () => contentOf(path, there ?? here, done, at);
  let there: FileState | undefined = here;
  if (here.kind !== 'link') {
    const digest = digestLine();
    return { here, there, digest, ...(wanted.read && { content }) };
  }
  there = parseState(path, line());
  const length = Number(line());
  const target = done.stdout.toString('utf8', at, at + length);
  at += length + 1;
  const digest = digestLine();
  return { here: { ...here, target }, ...(there && { there }), digest, ...(wanted.read && { content }) };
}

function contentOf(path: string, state: FileState, done: Completed, at: number): Buffer {
  if (state.kind === 'directory') throw new TsplayError('module', `${path} is a directory`);
  if (state.kind !== 'file') throw new TsplayError('module', `${path} is not a regular file`);
  if (done.rc === 5 || done.truncated) {
    throw new TsplayError('module', `${path} is too large to be read (${state.size} bytes)`);
  }
  if (done.rc !== 0) throw problem(path, done);
  return done.stdout.subarray(at);
}

function problem(path: string, { stderr, rc }: Completed): TsplayError {
  return new TsplayError('module', `cannot read ${path}: ${stderr.toString().trim() || `rc ${rc}`}`);
}
