import { posix } from 'node:path';
import { sh } from '../../remote/quote.ts';
import type { FileState, HostView } from '../../remote/types.ts';

/** The path that a link comes to in the end, whether or not anything is there. */
export async function realPath(host: HostView, path: string): Promise<string> {
  const done = await host.query(sh`readlink -f -- ${path}`);
  return done.rc === 0 ? done.stdout.toString().replace(/\n$/, '') : path;
}

/** Why nothing is seen at a path: a folder above it may not be searched, or is none; else there is just nothing. */
export async function whyUnseen(host: HostView, path: string): Promise<'hidden' | 'not below a folder' | 'absent'> {
  const said = (await host.query(sh`ls -d -- ${path}`)).stderr.toString();
  if (said.includes('Permission denied')) return 'hidden';
  return said.includes('Not a directory') ? 'not below a folder' : 'absent';
}

/** A path with its state; what a link points to, where it is to be followed. */
export async function followed(
  host: HostView,
  path: string,
  state: FileState | undefined,
  follow: boolean,
): Promise<{ path: string; state: FileState | undefined }> {
  if (!follow || state?.kind !== 'link') return { path, state };
  const target = await realPath(host, path);
  return { path: target, state: await host.stat(target) };
}

/** A folder and those above it that are not there, outermost first. */
export async function missingFolders(host: HostView, path: string): Promise<string[]> {
  const all = ancestors(path);
  const states = await Promise.all(all.map((folder) => host.stat(folder, { follow: true })));
  const there = states.findLastIndex((state) => state !== undefined);
  return all.slice(there + 1);
}

/** `/a/b/c` is below `/a` and `/a/b`; the path itself comes last. */
function ancestors(path: string): string[] {
  const root = path.startsWith('/') ? '/' : '';
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.map((_, index) => root + names.slice(0, index + 1).join('/'));
}

/** As Python's `os.path.join`: an absolute second part stands alone. */
export function joinPath(folder: string, name: string): string {
  if (name.startsWith('/')) return name;
  return folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

export const { basename, dirname } = posix;
