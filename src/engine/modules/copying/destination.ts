import type { FileState, HostView } from '../../remote/types.ts';
import { dirname, joinPath, missingFolders, realPath } from '../files/paths.ts';
import { inspectContext, type Target } from '../files/target.ts';
import type { Wanted } from '../files/wanted.ts';

/** Where a file goes, and what is there. */
export interface Destination {
  readonly target: Target;
  /** The content there, if it will be replaced and is small enough to be kept. */
  readonly old: Buffer | undefined;
  /** Folders to be made first, since `dest` ends with a slash. */
  readonly missing: readonly string[];
  /** `dest` is a folder, and the file goes into it. */
  readonly inFolder: boolean;
}

/** Old contents up to this are read, to be shown and to be put back. */
const keptBytes = 1024 * 1024;

export interface DestinationOptions {
  readonly dest: string;
  /** The name it takes where `dest` is a folder. */
  readonly name: string;
  /** Write through a link that stands there. */
  readonly follow: boolean;
  readonly wanted: Wanted;
  /** SHA1 of what is to be there. */
  readonly sha1: string | undefined;
}

/** One round trip where all is as it should be; a second one looks at what a write needs. */
export async function inspectDestination(host: HostView, options: DestinationOptions): Promise<Destination> {
  const { dest, name, follow, wanted, sha1 } = options;
  const slash = dest.endsWith('/');
  const inner = joinPath(dest, name);
  const [own, end, innerOwn, innerEnd] = await Promise.all([
    slash ? undefined : host.stat(dest, { checksum: 'sha1' }),
    slash ? undefined : host.stat(dest, { follow: true, checksum: 'sha1' }),
    host.stat(inner, { checksum: 'sha1' }),
    host.stat(inner, { follow: true, checksum: 'sha1' }),
  ]);
  const inFolder = slash || end?.kind === 'directory';
  const place = inFolder ? inner : dest;
  const { path, state } = await throughLink(host, place, inFolder ? innerOwn : own, inFolder ? innerEnd : end, follow);
  const differs = state?.kind === 'file' && state.checksum !== sha1;
  const [context, missing, old] = await Promise.all([
    inspectContext(host, path, wanted, state?.kind === 'link' ? undefined : state),
    slash && !state ? missingFolders(host, dirname(inner)) : [],
    differs && state.size <= keptBytes ? host.read(path) : undefined,
  ]);
  return { target: { path, state, context }, old: old?.content, missing, inFolder };
}

/** A link that leads nowhere is replaced even where links are followed. */
async function throughLink(
  host: HostView,
  path: string,
  own: FileState | undefined,
  end: FileState | undefined,
  follow: boolean,
): Promise<{ path: string; state: FileState | undefined }> {
  if (own?.kind !== 'link' || !follow || !end) return { path, state: own };
  const real = await realPath(host, path);
  return { path: real, state: { ...end, path: real } };
}

/** Whether a write is needed: nothing is there, a link is, or other content. */
export function differs(state: FileState | undefined, sha1: string | undefined): boolean {
  return state?.kind !== 'file' || state.checksum === undefined || state.checksum !== sha1;
}
