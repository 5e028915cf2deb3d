import type { Change, Content, Diff } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { Plan, Result } from '../types.ts';
import { beforeOf, factsAfter, ownerProblem, type Target } from './target.ts';
import { difference, initialAttributes, type Wanted } from './wanted.ts';

/** A content that a path is to have. */
export interface WriteRequest {
  readonly target: Target;
  readonly wanted: Wanted;
  readonly content: Content;
  /** Whether the content there is another. */
  readonly differs: boolean;
  /** The content there, where it was read. */
  readonly old?: Buffer | undefined;
  readonly diff?: Diff | undefined;
  readonly backup?: boolean | undefined;
  readonly validate?: string | null | undefined;
  readonly unsafeWrites?: boolean | undefined;
}

/** One change at most: the content with its attributes, or the attributes alone. `result` holds the path's facts. */
export function planWrite(request: WriteRequest): Plan & { readonly result: Result } {
  const { target, wanted } = request;
  const problem = ownerProblem(target) ?? validateProblem(request.validate);
  if (problem !== undefined) return { changes: [], failed: problem, result: {} };
  const change = request.differs ? writeChange(request) : attributesChange(target, wanted);
  const size = request.differs ? { size: sizeOf(request.content), state: 'file' as const } : undefined;
  const attributes = change?.kind === 'write' || change?.kind === 'attributes' ? change.attributes : {};
  return { changes: change ? [change] : [], result: factsAfter(target, attributes, size) };
}

/** Wrong even where nothing has to be written. */
function validateProblem(validate: string | null | undefined): string | undefined {
  if (!validate || validate.includes('%s')) return undefined;
  return `validate must contain %s: ${validate}`;
}

function writeChange(request: WriteRequest): Change {
  const { target, wanted, content } = request;
  const { path, state, context } = target;
  const kept = state && state.kind !== 'link';
  const attributes = kept
    ? (difference(wanted, state, context)?.attributes ?? {})
    : initialAttributes(wanted, 0o666, context);
  return {
    kind: 'write',
    summary: `${state ? 'write' : 'create'} ${path}`,
    path,
    content,
    attributes,
    before: beforeOf(state, request.old),
    diff: request.diff,
    backup: request.backup,
    validate: request.validate ?? undefined,
    unsafeWrites: request.unsafeWrites,
  };
}

/** The change of owner, mode and the like that a path needs, if any. */
export function attributesChange(
  target: Target,
  wanted: Wanted,
  times: { readonly atime?: number; readonly mtime?: number } = {},
): Change | undefined {
  const { path, state, context } = target;
  if (!state) return undefined;
  const found = difference(wanted, state, context);
  const { atime, mtime } = times;
  if (!found && atime === undefined && mtime === undefined) return undefined;
  const before = new Map<Value, Value>([['path', path], ...(found?.before ?? [])]);
  const after = new Map<Value, Value>([['path', path], ...(found?.after ?? [])]);
  if (mtime !== undefined) before.set('mtime', state.mtime) && after.set('mtime', mtime);
  if (atime !== undefined) before.set('atime', state.atime) && after.set('atime', atime);
  return {
    kind: 'attributes',
    summary: `change ${[...after.keys()].slice(1).join(', ')} of ${path}`,
    path,
    attributes: { ...found?.attributes, ...times },
    follow: false,
    before: beforeOf(state),
    diff: { before, after },
  };
}

function sizeOf(content: Content): number {
  return 'bytes' in content ? content.bytes.length : content.size;
}
