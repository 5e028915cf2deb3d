import type { Change } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import type { FileState, HostView } from '../../remote/types.ts';
import { makeFolders } from '../files/directory.ts';
import { basename, dirname } from '../files/paths.ts';
import { beforeOf, factsAfter, ownerProblem } from '../files/target.ts';
import { contentDiff, largestShown } from '../files/text-diff.ts';
import { difference, initialAttributes, type Wanted } from '../files/wanted.ts';
import { attributesChange } from '../files/write.ts';
import type { Plan } from '../types.ts';
import { type Destination, differs, inspectDestination } from './destination.ts';
import type { FileOptions } from './plan-file.ts';

/** A file of the host that is copied to another path of it. */
export interface RemoteFile {
  readonly src: string;
  readonly source: FileState | undefined;
  readonly destination: Destination | undefined;
  readonly readable: boolean;
  readonly md5: string;
  /** The source's content, where a diff can show it. */
  readonly content: Buffer | undefined;
}

export async function inspectRemoteFile(
  host: HostView,
  src: string,
  source: FileState | undefined,
  options: { readonly dest: string; readonly follow: boolean; readonly wanted: Wanted },
): Promise<RemoteFile> {
  if (!source) return { src, source, destination: undefined, readable: false, md5: '', content: undefined };
  const sha1 = source.checksum;
  const [destination, sum, readable] = await Promise.all([
    inspectDestination(host, { ...options, name: basename(src), sha1 }),
    host.stat(src, { follow: true, checksum: 'md5' }),
    host.query(sh`[ -r ${src} ]`),
  ]);
  const shown = source.kind === 'file' && source.size <= largestShown && differs(destination.target.state, sha1);
  const content = shown && readable.rc === 0 ? (await host.read(src))?.content : undefined;
  return { src, source, destination, readable: readable.rc === 0, md5: sum?.checksum ?? '', content };
}

/** The copy is made by the host itself. */
export function planRemoteFile(before: RemoteFile, options: FileOptions & { readonly checksum: string | null }): Plan {
  const { src, source, destination } = before;
  if (!source || !destination) return { changes: [], failed: `Source ${src} not found` };
  if (!before.readable) return { changes: [], failed: `Source ${src} not readable` };
  if (source.kind !== 'file') return { changes: [], failed: `Cannot copy invalid source '${src}': not a file` };
  const checksum = source.checksum ?? '';
  if (options.checksum !== null && options.checksum !== checksum) {
    const failed = 'Copied file does not match the expected checksum. Transfer failed.';
    return { changes: [], failed, result: { checksum, expected_checksum: options.checksum } };
  }
  const { target, missing } = destination;
  const { path, state, context } = target;
  if (state && !options.force) return { changes: [], result: { msg: 'file already exists', src, dest: path } };
  if (!state && missing.length === 0 && context.parent !== 'directory') {
    return { changes: [], failed: `Destination directory ${dirname(path)} does not exist` };
  }
  const problem = ownerProblem(target) ?? templateProblem(options.validate);
  if (problem !== undefined) return { changes: [], failed: problem };
  const { wanted } = options;
  const mode = wanted.mode?.kind === 'preserve' ? ({ kind: 'octal', bits: source.mode } as const) : wanted.mode;
  const change = copyChange(before, destination, { ...wanted, mode }, options);
  const attributes = change && 'attributes' in change ? change.attributes : {};
  const made = change?.kind === 'copy' ? ({ state: 'file', size: source.size } as const) : undefined;
  return {
    changes: [...makeFolders(missing, target, options.folderWanted), ...(change ? [change] : [])],
    result: { dest: path, src, md5sum: before.md5, checksum, ...factsAfter(target, attributes, made) },
  };
}

function templateProblem(validate: string | null): string | undefined {
  return validate && !validate.includes('%s') ? `validate must contain %s: ${validate}` : undefined;
}

function copyChange(
  before: RemoteFile,
  destination: Destination,
  wanted: Wanted,
  options: FileOptions,
): Change | undefined {
  const { target, old } = destination;
  const { path, state, context } = target;
  const source = before.source!;
  if (!differs(state, source.checksum)) return attributesChange(target, wanted);
  // What is replaced gets the source's mode, unless another is asked for; a new file what the umask allows.
  const own = state && !wanted.mode ? { mode: source.mode } : {};
  const initial = { ...initialAttributes(wanted, 0o666, context), ...own };
  const kept =
    state && state.kind !== 'link' && wanted.mode ? difference(wanted, state, context)?.attributes : undefined;
  return {
    kind: 'copy',
    summary: `copy ${before.src} to ${path}`,
    from: before.src,
    path,
    attributes: kept ?? initial,
    before: beforeOf(state, old),
    backup: options.backup,
    validate: options.validate ?? undefined,
    unsafeWrites: options.unsafe_writes ?? undefined,
    diff:
      before.content &&
      contentDiff(state ? (old ?? Buffer.alloc(0)) : undefined, before.content, { before: path, after: before.src }),
  };
}
