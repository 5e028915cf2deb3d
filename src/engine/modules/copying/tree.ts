import type { HostView } from '../../remote/types.ts';
import { makeFolders } from '../files/directory.ts';
import { stateWord } from '../files/facts.ts';
import { joinPath, missingFolders } from '../files/paths.ts';
import { beforeOf, inspectContext, type Target } from '../files/target.ts';
import { needsContext, type Wanted } from '../files/wanted.ts';
import { attributesChange } from '../files/write.ts';
import type { Plan, Result } from '../types.ts';
import { type Destination, differs } from './destination.ts';
import { type FileOptions, planFile } from './plan-file.ts';
import type { Source } from './source.ts';
import type { Tree } from './walk.ts';

/** A folder of the controller that is to be on a host. */
export interface TreeSource {
  readonly from: string;
  readonly files: readonly (Source & { readonly to: string })[];
  readonly folders: Tree['folders'];
  readonly links: Tree['links'];
}

export interface TreeState {
  readonly root: string;
  readonly files: readonly Destination[];
  readonly folders: readonly Target[];
  readonly links: readonly Target[];
  readonly missing: readonly string[];
}

const shownBytes = 104448;

/** All paths in one round trip; a second one only where something differs. */
export async function inspectTree(host: HostView, tree: TreeSource, dest: string, wanted: Wanted): Promise<TreeState> {
  const root = dest.endsWith('/') ? dest : `${dest}/`;
  const at = ({ to }: { readonly to: string }) => joinPath(root, to);
  const [files, folders, links, top] = await Promise.all([
    Promise.all(tree.files.map((file) => host.stat(at(file), { checksum: 'sha1' }))),
    Promise.all(tree.folders.map((folder) => host.stat(at(folder), { follow: true }))),
    Promise.all(tree.links.map((link) => host.stat(at(link)))),
    host.stat(root, { follow: true }),
  ]);
  const states = [...files, ...folders];
  const context = states.some((state) => needsContext(wanted, state))
    ? { ...(await inspectContext(host, root, wanted, undefined)), parent: 'directory' as const }
    : { umask: 0o022 };
  const old = await Promise.all(
    files.map((state, index) => {
      const shown = state?.kind === 'file' && state.size <= shownBytes && differs(state, tree.files[index]!.sha1);
      return shown ? host.read(state.path) : undefined;
    }),
  );
  const inner = new Set(
    tree.files.flatMap(({ to }) => (to.includes('/') ? [joinPath(root, to.slice(0, to.lastIndexOf('/')))] : [])),
  );
  const known = new Set(tree.folders.map(at));
  const implied = [...inner].filter((path) => !known.has(path));
  const lacking = await Promise.all([...(top ? [] : [root]), ...implied].map((path) => missingFolders(host, path)));
  return {
    root,
    files: tree.files.map((file, index) => ({
      target: { path: at(file), state: files[index], context },
      old: old[index]?.content,
      missing: [],
      inFolder: true,
    })),
    folders: tree.folders.map((folder, index) => ({ path: at(folder), state: folders[index], context })),
    links: tree.links.map((link, index) => ({ path: at(link), state: links[index], context })),
    missing: [...new Set(lacking.flat())],
  };
}

/** Folders first, then files, then links. */
export function planTree(tree: TreeSource, before: TreeState, options: FileOptions): Plan {
  const { root, folders } = before;
  const context = before.files[0]?.target.context ?? folders[0]?.context ?? { umask: 0o022 };
  const top: Target = { path: root, state: undefined, context };
  const inTheWay = folders.find(({ state }) => state && state.kind !== 'directory');
  if (inTheWay) {
    const failed = `${inTheWay.path} already exists as a ${stateWord(inTheWay.state)}`;
    return { changes: [], failed, result: { path: inTheWay.path } };
  }
  const absent = folders.filter(({ state }) => !state).map(({ path }) => path);
  const made = makeFolders([...new Set([...before.missing, ...absent])], top, options.folderWanted);
  const changed = folders.flatMap((folder) => attributesChange(folder, options.folderWanted) ?? []);
  const files = tree.files.map((file, index) => {
    const mode =
      options.wanted.mode?.kind === 'preserve' ? ({ kind: 'octal', bits: file.mode } as const) : options.wanted.mode;
    return planFile(file, before.files[index]!, { ...options, wanted: { ...options.wanted, mode } });
  });
  const broken = files.find((plan) => plan.failed !== undefined);
  if (broken) return broken;
  const links = tree.links.flatMap((link, index) => linkChange(before.links[index]!, link.target) ?? []);
  const only: Result = files.length === 1 ? { ...files[0]!.result } : { dest: root, src: tree.from };
  return { changes: [...made, ...changed, ...files.flatMap((plan) => plan.changes), ...links], result: only };
}

function linkChange({ path, state }: Target, target: string) {
  if (state?.kind === 'link' && state.target === target) return undefined;
  return {
    kind: 'link' as const,
    summary: `link ${path} to ${target}`,
    path,
    target,
    hard: false,
    before: beforeOf(state),
  };
}
