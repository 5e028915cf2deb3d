import type { Change } from '../../model/change.ts';
import type { FileState, HostView } from '../../remote/types.ts';
import { ownerOfLink } from '../files/link.ts';
import { basename, joinPath, missingFolders } from '../files/paths.ts';
import { beforeOf, inspectContext, type Target } from '../files/target.ts';
import { initialAttributes, type Wanted } from '../files/wanted.ts';
import { attributesChange } from '../files/write.ts';
import { scanFolder } from '../finding/scan.ts';
import type { Plan } from '../types.ts';

/** A folder of the host that is to be copied to another place of it. */
export interface RemoteTree {
  readonly root: string;
  readonly missing: readonly string[];
  readonly entries: readonly RemoteEntry[];
  readonly top: Target;
}

interface RemoteEntry {
  readonly source: FileState;
  readonly target: Target;
}

export interface RemoteTreeOptions {
  readonly src: string;
  readonly dest: string;
  /** Copy what links lead to. */
  readonly follow: boolean;
  readonly wanted: Wanted;
  readonly nonce: string;
}

/** With a slash at its end, `src` stands for what it holds. */
export async function inspectRemoteTree(host: HostView, options: RemoteTreeOptions): Promise<RemoteTree> {
  const { src, dest, follow, wanted, nonce } = options;
  const root = src.endsWith('/') ? dest.replace(/(?<=.)\/+$/, '') : joinPath(dest, basename(src));
  const from = src.replace(/(?<=.)\/+$/, '');
  const [scan, state, missing] = await Promise.all([
    scanFolder(host, from, { depth: undefined, follow, nonce }),
    host.stat(root, { follow: true }),
    missingFolders(host, root),
  ]);
  const context = await inspectContext(host, root, wanted, undefined);
  const entries = await Promise.all(
    scan.entries.map(async (entry) => {
      const path = joinPath(root, entry.path.slice(from.length).replace(/^\/+/, ''));
      const [source, there] = await Promise.all([
        host.stat(entry.path, { follow, checksum: 'sha1' }),
        host.stat(path, { checksum: 'sha1' }),
      ]);
      return { source: { ...(source ?? entry), path: entry.path }, target: { path, state: there, context } };
    }),
  );
  return { root, missing, entries, top: { path: root, state, context } };
}

/** Modes are those of the source; owner and group are given to all. */
export function planRemoteTree(tree: RemoteTree, wanted: Wanted, src: string): Plan {
  const owned: Wanted = { owner: wanted.owner, group: wanted.group };
  const { context } = tree.top;
  const folders = tree.missing.map(
    (path): Change => ({
      kind: 'directory',
      summary: `make the folder ${path}`,
      path,
      attributes: initialAttributes(owned, 0o777, context),
    }),
  );
  const inner = tree.entries.flatMap((entry) => planEntry(entry, owned));
  const top = tree.top.state ? attributesChange(tree.top, wanted) : undefined;
  return { changes: [...folders, ...inner, ...(top ? [top] : [])], result: { dest: tree.root, src } };
}

function planEntry({ source, target }: RemoteEntry, owned: Wanted): Change[] {
  const { path, state } = target;
  const attributes = { ...initialAttributes(owned, 0o666, target.context), mode: source.mode };
  if (source.kind === 'directory') {
    if (state) return ownChange(target, owned);
    return [{ kind: 'directory', summary: `make the folder ${path}`, path, attributes }];
  }
  if (source.kind === 'link') {
    const to = source.target ?? '';
    if (state?.kind === 'link' && state.target === to) return [];
    const owner = ownerOfLink(path, owned);
    const link = { kind: 'link' as const, summary: `link ${path} to ${to}`, path, target: to, hard: false };
    return [{ ...link, before: beforeOf(state) }, ...(owner ? [owner] : [])];
  }
  if (source.kind !== 'file') return [];
  if (state?.kind === 'file' && state.checksum === source.checksum) return ownChange(target, owned);
  return [
    {
      kind: 'copy',
      summary: `copy ${source.path} to ${path}`,
      from: source.path,
      path,
      attributes,
      before: beforeOf(state),
    },
  ];
}

function ownChange(target: Target, owned: Wanted): Change[] {
  const change = attributesChange(target, owned);
  return change ? [change] : [];
}
