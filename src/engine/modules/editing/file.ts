import type { Attributes, Diff, Outcome } from '../../model/change.ts';
import type { HostView } from '../../remote/types.ts';
import { makeFolders } from '../files/directory.ts';
import { dirname, missingFolders, realPath } from '../files/paths.ts';
import { inspectContext, type Target } from '../files/target.ts';
import { initialAttributes, isIdentity, type Wanted } from '../files/wanted.ts';
import { planWrite } from '../files/write.ts';
import type { Plan, Result } from '../types.ts';

/** A file whose text is edited. Links are followed, so that the real file changes. */
export interface Edited {
  readonly target: Target;
  /** Undefined if there is none. */
  readonly content: Buffer | undefined;
  readonly missing: readonly string[];
}

/** One round trip for a file that is there. */
export async function inspectEdited(host: HostView, path: string, wanted: Wanted, create: boolean): Promise<Edited> {
  const [own, read, end] = await Promise.allSettled([
    host.stat(path),
    host.read(path),
    host.stat(path, { follow: true }),
  ]);
  if (end.status === 'rejected') throw end.reason;
  const state = end.value;
  const special = state !== undefined && state.kind !== 'file';
  if (read.status === 'rejected' && !special) throw read.reason;
  const isLink = own.status === 'fulfilled' && own.value?.kind === 'link';
  const real = isLink ? await realPath(host, path) : path;
  const context = await inspectContext(host, real, wanted, state);
  // A device is as good as empty; nothing is written to it.
  const empty = special && state.kind !== 'directory' ? Buffer.alloc(0) : undefined;
  const content = read.status === 'fulfilled' ? read.value?.content : empty;
  const missing = !state && create ? await missingFolders(host, dirname(real)) : [];
  return { target: { path: real, state, context }, content, missing: real.includes('/') ? missing : [] };
}

export interface EditOptions {
  /** As the task names it. */
  readonly path: string;
  readonly wanted: Wanted;
  readonly backup: boolean;
  readonly validate: string | null;
  readonly unsafe_writes: boolean | null;
  /** What stands over a diff; `PATH (content)` unless said otherwise. */
  readonly header?: string;
}

/** Writes the edited text, if it is another; `msg` tells what was done, and of a change of owner or mode too. */
export function planEdit(edited: Edited, after: Buffer, msg: string, options: EditOptions): Plan & { result: Result } {
  const { content, target, missing } = edited;
  const differs = content === undefined ? after.length > 0 : !content.equals(after);
  if (differs && target.state && target.state.kind !== 'file') {
    return { changes: [], failed: `${target.path} is not a regular file`, result: {} };
  }
  const plan = planWrite({
    target,
    wanted: options.wanted,
    content: { bytes: after },
    differs,
    old: content,
    diff: differs ? diffOf(options.header ?? `${options.path} (content)`, content, after) : undefined,
    backup: options.backup,
    validate: options.validate,
    unsafeWrites: options.unsafe_writes ?? undefined,
  });
  if (plan.failed !== undefined) return plan;
  const [change] = plan.changes;
  const attributes =
    change?.kind === 'write'
      ? differs && touchesAttributes(target, options.wanted, change.attributes)
      : change !== undefined;
  const notes = [msg, ...(attributes ? ['ownership, perms or SE linux context changed'] : [])].filter(
    (note) => note !== '',
  );
  return {
    changes: [...makeFolders(missing, target, {}), ...plan.changes],
    result: { msg: notes.join(' and ') },
  };
}

/** A new file is compared with what it would be had nobody asked. */
function touchesAttributes({ state, context }: Target, wanted: Wanted, attributes: Attributes): boolean {
  if (state) return Object.keys(attributes).length > 0;
  const { mode } = initialAttributes({}, 0o666, context);
  const { self } = context;
  const named = (wish: string | undefined, own: string | undefined, id: number | undefined) =>
    wish !== undefined && !isIdentity(wish, own ?? '', id ?? -1);
  return (
    attributes.mode !== mode ||
    named(wanted.owner, self?.user, self?.uid) ||
    named(wanted.group, self?.group, self?.gid)
  );
}

function diffOf(header: string, before: Buffer | undefined, after: Buffer): Diff {
  return {
    before: before?.toString('utf8') ?? '',
    after: after.toString('utf8'),
    beforeHeader: header,
    afterHeader: header,
  };
}

/** `backup` is the name of the copy kept, or empty: Ansible's return of lineinfile. */
export function backupOf(outcomes: readonly Outcome[]): string {
  return outcomes.find((outcome) => outcome.backupFile !== undefined)?.backupFile ?? '';
}
