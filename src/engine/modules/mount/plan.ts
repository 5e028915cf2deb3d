import type { Change, Outcome } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import type { FileState } from '../../remote/types.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import { type TextFile, writeText } from '../text-file.ts';
import type { Plan } from '../types.ts';
import { type FstabEntry, withEntry, withoutEntry } from './fstab.ts';
import type { Mounted } from './mountinfo.ts';

export interface MountArgs {
  readonly path: string;
  readonly state: 'absent' | 'absent_from_fstab' | 'mounted' | 'present' | 'unmounted' | 'remounted' | 'ephemeral';
  readonly src: string | null;
  readonly fstype: string | null;
  readonly opts: string | null;
  readonly dump: string;
  readonly passno: string;
  readonly fstab: string | null;
  readonly boot: boolean;
  readonly backup: boolean;
}

export interface MountState {
  readonly fstab: TextFile;
  readonly mounted: Mounted | undefined;
  /** The mount point, if it is there. */
  readonly point: FileState | undefined;
}

export function planMount(args: MountArgs, state: MountState): Plan {
  const { opts, warnings } = optionsOf(args);
  const { path, dump, passno } = args;
  const result = {
    name: path,
    opts,
    dump,
    passno,
    fstab: args.fstab ?? '/etc/fstab',
    boot: args.boot ? 'yes' : 'no',
    ...(args.src !== null && { src: args.src }),
    ...(args.fstype !== null && { fstype: args.fstype }),
  };
  const decided = decide(args, state, opts);
  if (typeof decided === 'string') return { changes: [], failed: decided, result, warnings };
  return { changes: decided, result, warnings };
}

function optionsOf({ opts, boot }: MountArgs): { opts: string; warnings: string[] } {
  const words = (opts ?? 'defaults').split(',');
  if (words.includes('noauto')) {
    return { opts: words.join(','), warnings: ["Ignore the 'boot' due to 'opts' contains 'noauto'."] };
  }
  if (boot) return { opts: words.join(','), warnings: [] };
  if (words.includes('defaults')) {
    return { opts: words.join(','), warnings: ["Ignore the 'boot' due to 'opts' contains 'defaults'."] };
  }
  return { opts: [...words, 'noauto'].join(','), warnings: [] };
}

function decide(args: MountArgs, state: MountState, opts: string): Change[] | string {
  const { path, src, fstype } = args;
  switch (args.state) {
    case 'present':
      return fstabChange(args, state, withEntry(state.fstab.text, entryOf(args, opts)));
    case 'absent_from_fstab':
      return fstabChange(args, state, withoutEntry(state.fstab.text, path, src));
    case 'absent': {
      const changes = fstabChange(args, state, withoutEntry(state.fstab.text, path, src));
      if (changes.length === 0) return [];
      if (state.mounted) changes.push(unmount(path));
      if (state.point)
        changes.push(runChange(`remove folder ${path}`, sh`rmdir -- ${path}`, { undo: sh`mkdir -- ${path}` }));
      return changes;
    }
    case 'unmounted':
      return state.mounted ? [unmount(path)] : [];
    case 'remounted':
      return [remount(args, opts)];
    case 'mounted': {
      const changes = fstabChange(args, state, withEntry(state.fstab.text, entryOf(args, opts)));
      if (!isMountedThere(state, opts, src!)) return [...folderChange(state, path), ...changes, mountChange(args)];
      return changes.length ? [...changes, remount(args, 'defaults')] : [];
    }
    case 'ephemeral': {
      const call = sh`mount -t ${fstype!} ${opts === 'defaults' ? [] : ['-o', opts]} -- ${src!} ${path}`;
      if (!state.mounted)
        return [...folderChange(state, path), runChange(`mount ${path}`, call, { undo: sh`umount -- ${path}` })];
      if (state.mounted.src !== src && state.mounted.device !== src) return otherSource;
      return [remount(args, opts)];
    }
  }
}

const otherSource =
  'Ephemeral mount point is already mounted with a different source than the specified one. Failing in order to ' +
  'prevent an unwanted unmount or override operation. Try replacing this command with a "state: unmounted" followed ' +
  'by a "state: ephemeral", or use a different destination path.';

/** A file system of its own counts as mounted whatever its source is called; a bind mount must show the folder. */
function isMountedThere({ mounted }: MountState, opts: string, src: string): boolean {
  if (!mounted) return false;
  return /(^|,)r?bind(,|$)/.test(opts) ? mounted.src === src : true;
}

function entryOf({ path, src, fstype, dump, passno }: MountArgs, opts: string): FstabEntry {
  return { src: src!, path, fstype: fstype!, opts, dump, passno };
}

function fstabChange({ backup }: MountArgs, { fstab }: MountState, text: string | undefined): Change[] {
  return text === undefined ? [] : [writeText(fstab, text, { backup })];
}

function folderChange({ point }: MountState, path: string): Change[] {
  return point ? [] : [{ kind: 'directory', summary: `make folder ${path}`, path, attributes: {} }];
}

function fstabWords({ fstab }: MountArgs): string[] {
  return fstab === null || fstab === '/etc/fstab' ? [] : ['-T', fstab];
}

function mountChange(args: MountArgs): Change {
  return runChange(`mount ${args.path}`, sh`mount ${fstabWords(args)} -- ${args.path}`, {
    undo: sh`umount -- ${args.path}`,
  });
}

function unmount(path: string): Change {
  return runChange(`unmount ${path}`, sh`umount -- ${path}`, { undo: sh`mount -- ${path}` });
}

/** Some file systems cannot change their options while mounted: then it is unmounted and mounted. */
function remount(args: MountArgs, opts: string): Change {
  const { path } = args;
  const again = sh`mount -o ${opts === 'defaults' ? 'remount' : `remount,${opts}`} ${fstabWords(args)} -- ${path}`;
  if (opts !== 'defaults') return runChange(`remount ${path}`, again);
  return runChange(
    `remount ${path}`,
    sh`${again} 2>/dev/null || { umount -- ${path} && mount ${fstabWords(args)} -- ${path}; }`,
  );
}

export function reportMount(args: MountArgs, state: MountState, outcomes: readonly Outcome[]): Partial<Plan> {
  const failure = failedChange(planMount(args, state).changes, outcomes);
  if (!failure) {
    const copy = outcomes.find(({ backupFile }) => backupFile !== undefined)?.backupFile;
    return copy === undefined ? {} : { result: { backup_file: copy } };
  }
  const output = textOf(failure.outcome.stdout) + textOf(failure.outcome.stderr);
  const verb = failure.change.summary.split(' ')[0]!;
  const words = {
    unmount: 'unmounting',
    mount: 'mounting',
    remount: 'remounting',
    remove: 'rmdir',
    make: 'making dir',
  };
  return {
    failed: `Error ${Object.hasOwn(words, verb) ? words[verb as keyof typeof words] : verb} ${args.path}: ${output}`,
  };
}
