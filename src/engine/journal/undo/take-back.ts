import type { Before, Change } from '../../model/change.ts';
import { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { Session } from '../../remote/types.ts';
import { type Inverse, type Left, type Owned, sha256 } from './inverse.ts';
import type { Step } from './steps.ts';

/** How taking one change back ended. */
export type Taken =
  | { readonly as: 'undone' }
  /** It was as before already. */
  | { readonly as: 'needless' }
  /** Somebody changed it since; it was left alone. */
  | { readonly as: 'drifted'; readonly reason: string }
  | { readonly as: 'failed'; readonly reason: string };

export interface TakeBack {
  readonly session: Session;
  /** Kept content by its name. Throws TsplayError. */
  readonly content: (name: string) => Buffer;
  /** Take back also what was changed since. */
  readonly force: boolean;
}

/** Takes one change back. Throws TsplayError if the host is lost. */
export async function takeBack(step: Step, by: TakeBack): Promise<Taken> {
  const { inverse } = step;
  switch (inverse.do) {
    case 'remove':
    case 'restore':
    case 'link':
      return takePathBack(inverse, by);
    case 'unpack':
      return unpack(inverse.path, by.content(inverse.blob), by);
    case 'attributes':
      return apply(by.session, attributes(inverse.path, inverse.before, inverse.link));
    case 'folders':
      return removeFolders(step.folders, by);
    case 'run':
      return apply(by.session, run(inverse.summary, new Script(inverse.script)));
    case 'nothing':
      return { as: 'failed', reason: inverse.reason };
  }
}

type PathInverse = Extract<Inverse, { do: 'remove' | 'restore' | 'link' }>;

async function takePathBack(inverse: PathInverse, by: TakeBack): Promise<Taken> {
  const { path } = inverse;
  const now = await lookAt(by, path);
  if (isBefore(inverse, now)) return { as: 'needless' };
  const drift = by.force ? undefined : driftOf(inverse.left, now, path);
  if (drift) return wasRestored(inverse, now, by) ? { as: 'needless' } : { as: 'drifted', reason: drift };
  const before: Before = { kind: now.kind };
  if (inverse.do === 'remove') return apply(by.session, { kind: 'remove', summary: `remove ${path}`, path, before });
  if (inverse.do === 'link') {
    const { target } = inverse;
    return apply(by.session, { kind: 'link', summary: `link ${path}`, path, target, hard: false, before });
  }
  const { blob, ...attributes } = inverse.before;
  return apply(by.session, {
    kind: 'write',
    summary: `restore ${path}`,
    path,
    content: { bytes: by.content(blob) },
    attributes,
    before,
  });
}

/** What is at a path now, as far as it matters. */
interface Now {
  readonly kind: Before['kind'];
  readonly target?: string | undefined;
  readonly sha256?: string | undefined;
}

async function lookAt({ session: { view } }: TakeBack, path: string): Promise<Now> {
  const state = await view.stat(path, { checksum: 'sha256' });
  if (!state) return { kind: 'absent' };
  const { kind } = state;
  if (kind === 'file') return { kind, sha256: state.checksum };
  if (kind === 'link') return { kind, target: state.target };
  return { kind: kind === 'directory' ? 'directory' : 'other' };
}

function isBefore(inverse: PathInverse, now: Now): boolean {
  if (inverse.do === 'remove') return now.kind === 'absent';
  return inverse.do === 'link' && now.kind === 'link' && now.target === inverse.target;
}

/** Somebody, such as the `undo` tasks of a phase, wrote what was there before. */
function wasRestored(inverse: PathInverse, now: Now, by: TakeBack): boolean {
  return inverse.do === 'restore' && now.sha256 === sha256(by.content(inverse.before.blob));
}

function driftOf(left: Left, now: Now, path: string): string | undefined {
  if (left.kind === 'any') return undefined;
  if (left.kind !== now.kind) return `${path} is ${now.kind === 'absent' ? 'gone' : `a ${now.kind}`} now`;
  if (left.kind === 'file' && left.sha256 !== now.sha256) return `${path} was changed since`;
  if (left.kind === 'link' && left.target !== now.target) return `${path} leads elsewhere now`;
  return undefined;
}

function attributes(path: string, before: Owned, link: boolean): Change {
  return {
    kind: 'attributes',
    summary: `restore owner and mode of ${path}`,
    path,
    attributes: before,
    follow: !link,
    before: { kind: link ? 'link' : 'file' },
  };
}

/** The archive stands beside the folder while it is unpacked. */
async function unpack(path: string, archive: Buffer, by: TakeBack): Promise<Taken> {
  const now = await lookAt(by, path);
  if (now.kind !== 'absent' && !by.force) return { as: 'drifted', reason: `something is at ${path} again` };
  const folder = path.replace(/\/+$/, '');
  const above = folder.slice(0, folder.lastIndexOf('/')) || '/';
  const packed = `${folder}.tsplay-${sha256(archive).slice(0, 12)}.tar`;
  const written = await apply(by.session, {
    kind: 'write',
    summary: `write ${packed}`,
    path: packed,
    content: { bytes: archive },
    attributes: { mode: 0o600 },
    before: { kind: 'absent' },
  });
  if (written.as !== 'undone') return written;
  const script = sh`tar -xpf ${packed} -C ${above}; rc=$?; rm -f -- ${packed}; exit $rc`;
  return apply(by.session, run(`unpack ${path}`, script));
}

/** From the innermost; one that holds something by now is left. */
async function removeFolders(folders: readonly string[], { session }: TakeBack): Promise<Taken> {
  if (folders.length === 0) return { as: 'needless' };
  const left: string[] = [];
  for (const folder of folders.toReversed()) {
    const script = sh`[ ! -d ${folder} ] || rmdir -- ${folder}`;
    const taken = await apply(session, run(`remove ${folder}`, script));
    if (taken.as !== 'undone') left.push(folder);
  }
  if (left.length === 0) return { as: 'undone' };
  return { as: 'drifted', reason: `${left.join(', ')} holds other things now` };
}

function run(summary: string, script: Script): Change {
  return { kind: 'run', effect: 'known', summary, script };
}

async function apply(session: Session, change: Change): Promise<Taken> {
  const { rc, stdout, stderr } = await session.apply(change);
  if (rc === 0) return { as: 'undone' };
  const said = stderr.toString().trim() || stdout.toString().trim() || `exit status ${rc}`;
  return { as: 'failed', reason: said };
}
