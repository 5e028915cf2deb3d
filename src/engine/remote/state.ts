import type { FileState } from './types.ts';

/** The type bits of a mode, shifted down by twelve. */
const KINDS: Readonly<Record<number, FileState['kind']>> = {
  1: 'fifo',
  2: 'char',
  4: 'directory',
  6: 'block',
  8: 'file',
  10: 'link',
  12: 'socket',
};

/** Reads the line of `_st`: numbers and names between bars. Undefined if it is none. */
export function parseState(path: string, line: string): FileState | undefined {
  const fields = line.split('|');
  if (fields.length < 13) return undefined;
  const [raw, uid, gid, size, atime, mtime, ctime, inode, nlink, device, blocks] = fields as string[];
  const mode = Number.parseInt(raw as string, 16);
  const kind = KINDS[mode >> 12];
  if (!kind) return undefined;
  return {
    path,
    kind,
    mode: mode & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    owner: name(fields[11], uid),
    group: name(fields[12], gid),
    size: Number(size),
    atime: Number(atime),
    mtime: Number(mtime),
    ctime: Number(ctime),
    inode: Number(inode),
    nlink: Number(nlink),
    device: Number(device),
    blocks: Number(blocks),
  };
}

function name(text: string | undefined, id: string | undefined): string {
  return text === undefined || text === '' || text === 'UNKNOWN' ? String(id) : text;
}
