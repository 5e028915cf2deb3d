import { extname } from 'node:path';
import type { Outcome } from '../../model/change.ts';
import { makeFolders } from '../files/directory.ts';
import { dirname } from '../files/paths.ts';
import { contentDiff, hiddenDiff, largestShown } from '../files/text-diff.ts';
import type { Wanted } from '../files/wanted.ts';
import { planWrite } from '../files/write.ts';
import type { Plan, Result } from '../types.ts';
import { type Destination, differs } from './destination.ts';
import type { Source } from './source.ts';

export interface FileOptions {
  readonly wanted: Wanted;
  readonly folderWanted: Wanted;
  readonly force: boolean;
  /** Folders that are not there may be an earlier task's to make. */
  readonly checkMode?: boolean;
  readonly backup: boolean;
  readonly validate: string | null;
  readonly unsafe_writes: boolean | null;
}

/** Text that the task gives has the name under which Ansible would bring it to the host. */
function nameOf({ from }: Source, path: string): string {
  return from ?? `~/.ansible/tmp/.source${extname(path)}`;
}

/** One file to one place: what `copy` and `template` come to. */
export function planFile(source: Source, destination: Destination, options: FileOptions): Plan {
  const { target, missing } = destination;
  const { path, state, context } = target;
  if (state && !options.force) {
    return { changes: [], result: { dest: path, src: nameOf(source, path), msg: 'file already exists' } };
  }
  if (!state && missing.length === 0 && context.parent !== 'directory' && !options.checkMode) {
    const failed = `Destination directory ${dirname(path)} does not exist`;
    return { changes: [], failed, result: { checksum: source.sha1 } };
  }
  const different = differs(state, source.sha1);
  const plan = planWrite({
    ...options,
    target,
    content: source.content,
    differs: different,
    old: destination.old,
    diff: different ? diffOf(source, destination) : undefined,
    unsafeWrites: options.unsafe_writes ?? undefined,
  });
  if (plan.failed !== undefined) return { ...plan, result: { ...plan.result, dest: path } };
  const told: Result = different
    ? { dest: path, src: nameOf(source, path), md5sum: source.md5, checksum: source.sha1 }
    : { dest: path, path, checksum: source.sha1 };
  return {
    changes: [...makeFolders(missing, target, options.folderWanted), ...plan.changes],
    result: { ...told, ...plan.result },
  };
}

function diffOf(source: Source, { target, old }: Destination) {
  const { content, from, secret } = source;
  if (secret) return hiddenDiff(target.path);
  const after = 'bytes' in content ? content.bytes : 'large';
  const { state } = target;
  const before =
    state === undefined ? undefined : (old ?? Buffer.alloc(state.size > largestShown ? largestShown + 1 : 0));
  return contentDiff(before, after, { before: target.path, after: from ?? target.path });
}

const refused = /^failed to validate: rc:(\d+) error:/;

/** The name of the copy that was kept, or that the task's command did not accept the file. */
export function reportWrite(outcomes: readonly Outcome[]): Partial<Omit<Plan, 'changes'>> {
  const [, status] = refused.exec(outcomes.at(-1)?.stderr.toString() ?? '') ?? [];
  if (status === undefined) return reportBackup(outcomes);
  return { failed: 'failed to validate', result: { exit_status: Number(status) } };
}

/** The name of the copy that was kept, once it is known. */
export function reportBackup(outcomes: readonly Outcome[]): Partial<Omit<Plan, 'changes'>> {
  const kept = outcomes.find((outcome) => outcome.backupFile !== undefined);
  return kept ? { result: { backup_file: kept.backupFile! } } : {};
}
