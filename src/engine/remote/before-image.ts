import type { Change } from '../model/change.ts';
import { sh } from './quote.ts';
import type { HostView } from './types.ts';

/** Bytes of the largest file or folder that is kept before it is replaced or removed. */
const LARGEST = 64 * 1024 * 1024;

/** What a change is about to take away and does not hold itself: a file's bytes, or a tar archive of a folder. */
export async function beforeImage(
  view: HostView,
  change: Change,
): Promise<{ readonly kind: 'file' | 'archive'; readonly bytes: Buffer } | undefined> {
  if (change.kind !== 'write' && change.kind !== 'copy' && change.kind !== 'remove' && change.kind !== 'link') {
    return undefined;
  }
  const { before, path } = change;
  if (before.kind === 'file' && !before.content) return fileImage(view, path);
  if (before.kind === 'directory' && change.kind === 'remove') return archive(view, path);
  return undefined;
}

async function fileImage(view: HostView, path: string): Promise<{ kind: 'file'; bytes: Buffer } | undefined> {
  const state = await view.stat(path, { follow: true });
  if (!state || state.size > LARGEST) return undefined;
  const read = await view.read(path);
  return read && { kind: 'file', bytes: read.content };
}

async function archive(view: HostView, path: string): Promise<{ kind: 'archive'; bytes: Buffer } | undefined> {
  const slash = path.replace(/\/+$/, '').lastIndexOf('/');
  const folder = path.slice(0, slash) || '/';
  const name = path.slice(slash + 1).replace(/\/+$/, '');
  const size = sh`du -sk -- ${path} | { read -r kib rest; [ "$kib" -le ${String(LARGEST / 1024)} ]; }`;
  const done = await view.query(sh`${size} && tar -cf - -C ${folder} -- ${name}`);
  return done.rc === 0 ? { kind: 'archive', bytes: done.stdout } : undefined;
}
