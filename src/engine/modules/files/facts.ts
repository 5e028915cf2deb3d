import type { Value } from '../../model/value.ts';
import type { FileState } from '../../remote/types.ts';
import { makeFloat } from '../../template/values.ts';
import type { Result } from '../types.ts';

/** What `stat` and `find` tell of a path, under Ansible's names. */
export function statFacts(state: FileState): Result {
  const { kind, mode } = state;
  return {
    mode: mode.toString(8).padStart(4, '0'),
    isdir: kind === 'directory',
    ischr: kind === 'char',
    isblk: kind === 'block',
    isreg: kind === 'file',
    isfifo: kind === 'fifo',
    islnk: kind === 'link',
    issock: kind === 'socket',
    uid: state.uid,
    gid: state.gid,
    size: state.size,
    inode: state.inode,
    dev: state.device,
    nlink: state.nlink,
    atime: makeFloat(state.atime),
    mtime: makeFloat(state.mtime),
    ctime: makeFloat(state.ctime),
    gr_name: nameOrNothing(state.group, state.gid),
    pw_name: nameOrNothing(state.owner, state.uid),
    ...permissions(mode),
    isuid: (mode & 0o4000) !== 0,
    isgid: (mode & 0o2000) !== 0,
  };
}

function nameOrNothing(name: string, id: number): string {
  return name === String(id) ? '' : name;
}

function permissions(mode: number): Record<string, Value> {
  const facts: Record<string, Value> = {};
  for (const [user, shift] of [
    ['usr', 6],
    ['grp', 3],
    ['oth', 0],
  ] as const) {
    for (const [letter, bit] of [
      ['w', 2],
      ['r', 4],
      ['x', 1],
    ] as const) {
      facts[letter + user] = (mode & (bit << shift)) !== 0;
    }
  }
  return facts;
}

/** The `state` word of results: a file of several names is `hard`. */
export function stateWord(state: FileState | undefined): 'absent' | 'link' | 'directory' | 'hard' | 'file' {
  if (!state) return 'absent';
  if (state.kind === 'link' || state.kind === 'directory') return state.kind;
  return state.nlink > 1 ? 'hard' : 'file';
}
