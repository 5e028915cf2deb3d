import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Before, Change, Content } from '../../model/change.ts';
import type { Image, Intended } from '../types.ts';

/** How a path is to be found when its change is taken back; anything else was done by somebody else since. */
export type Left =
  | { readonly kind: 'file'; readonly sha256: string }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'directory' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'any' };

/** What takes a change back, as data. */
export type Inverse =
  | { readonly do: 'remove'; readonly path: string; readonly left: Left }
  | { readonly do: 'restore'; readonly path: string; readonly before: BeforeFile; readonly left: Left }
  | { readonly do: 'unpack'; readonly path: string; readonly blob: string }
  | { readonly do: 'attributes'; readonly path: string; readonly before: Owned; readonly link: boolean }
  | { readonly do: 'link'; readonly path: string; readonly target: string; readonly left: Left }
  /** Folders that the change is known to have made, once it was made. */
  | { readonly do: 'folders' }
  | { readonly do: 'run'; readonly script: string; readonly summary: string }
  | { readonly do: 'nothing'; readonly reason: string };

export interface Owned {
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly mode?: number | undefined;
}

export interface BeforeFile extends Owned {
  /** Name of the content. */
  readonly blob: string;
}

/** Keeps content, and gives the name by which it is found again. */
export type Keep = (content: Buffer) => string;

/** What takes a change back, from what was there before it; `undo` is the user's own way, for commands. */
export function inverseOf({ change, image }: Intended, keep: Keep, undo?: string): Inverse {
  switch (change.kind) {
    case 'write':
      return inverseOfWrite(change.path, change.before, afterWrite(change.content), image, keep);
    case 'copy':
      return inverseOfWrite(change.path, change.before, { kind: 'any' }, image, keep);
    case 'remove':
      return inverseOfRemove(change, image, keep);
    case 'link':
      return inverseOfLink(change, image, keep);
    case 'attributes':
      return inverseOfAttributes(change);
    case 'directory':
      return { do: 'folders' };
    case 'run':
      if (change.undo) return { do: 'run', script: change.undo.text, summary: change.summary };
      if (undo !== undefined) return { do: 'run', script: undo, summary: change.summary };
      return { do: 'nothing', reason: change.effect === 'known' ? 'it has no reverse' : 'a command without `undo`' };
    case 'download':
      return { do: 'nothing', reason: `the copy of ${change.from} on the controller stays` };
    case 'share':
      return { do: 'nothing', reason: reasonOfShared(change) };
  }
}

function reasonOfShared({ entry, shared }: Extract<Change, { kind: 'share' }>): string {
  const { cluster, kind, owner } = entry;
  if (!shared) return `${kind} of ${owner} in cluster ${cluster} was withdrawn; export it again`;
  return `others may have used what was exported; withdraw it by: tsplay store remove ${cluster} ${kind} ${owner}`;
}

function inverseOfWrite(path: string, before: Before, left: Left, image: Image | undefined, keep: Keep): Inverse {
  switch (before.kind) {
    case 'absent':
      return { do: 'remove', path, left };
    case 'link':
      return before.target === undefined ? unknownBefore(path) : { do: 'link', path, target: before.target, left };
    case 'file': {
      const content = before.content ?? image?.bytes;
      if (!content) return { do: 'nothing', reason: `what ${path} was before is too large to be kept` };
      return { do: 'restore', path, before: { ...owned(before), blob: keep(content) }, left };
    }
    default:
      return unknownBefore(path);
  }
}

function inverseOfRemove(
  { path, before }: Extract<Change, { kind: 'remove' }>,
  image: Image | undefined,
  keep: Keep,
): Inverse {
  const left: Left = { kind: 'absent' };
  if (before.kind === 'absent') return { do: 'nothing', reason: `nothing was at ${path}` };
  if (before.kind !== 'directory') return inverseOfWrite(path, before, left, image, keep);
  if (!image) return { do: 'nothing', reason: `what was in ${path} is too large to be kept` };
  return { do: 'unpack', path, blob: keep(image.bytes) };
}

function inverseOfLink(change: Extract<Change, { kind: 'link' }>, image: Image | undefined, keep: Keep): Inverse {
  const left: Left = change.hard ? { kind: 'any' } : { kind: 'link', target: change.target };
  return inverseOfWrite(change.path, change.before, left, image, keep);
}

function inverseOfAttributes(change: Extract<Change, { kind: 'attributes' }>): Inverse {
  if (change.recurse) return { do: 'nothing', reason: `owners and modes of all below ${change.path} were not kept` };
  const { attributes, before, path } = change;
  if (attributes.chattr !== undefined || attributes.selinux !== undefined) {
    return { do: 'nothing', reason: `flags or context of ${path} were not kept` };
  }
  const changed: Owned = {
    ...(attributes.owner !== undefined && { owner: before.owner }),
    ...(attributes.group !== undefined && { group: before.group }),
    ...(attributes.mode !== undefined && { mode: before.mode }),
  };
  return { do: 'attributes', path, before: changed, link: before.kind === 'link' && !change.follow };
}

function unknownBefore(path: string): Inverse {
  return { do: 'nothing', reason: `what was at ${path} is no file, link or folder` };
}

function owned({ owner, group, mode }: Before): Owned {
  return { owner, group, mode };
}

function afterWrite(content: Content): Left {
  // A file that goes away before it is hashed could not be sent either.
  const bytes = 'bytes' in content ? content.bytes : readFileSync(content.file);
  return { kind: 'file', sha256: sha256(bytes) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
