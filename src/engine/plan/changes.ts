import { inverseOf } from '../journal/undo/inverse.ts';
import type { Attributes, Before, Change } from '../model/change.ts';
import type { Shared } from '../model/shared.ts';
import { bytesDigest, contentDigest, type Digest, textDigest } from './digest.ts';
import type { PlannedBefore, PlannedChange } from './document.ts';
import { octal } from './looks.ts';
import { stateText } from './state.ts';

/** What a task says of taking it back. */
export interface Restoring {
  /** The user's own way, if there is one. */
  readonly undo: string | undefined;
  /** Its commands change nothing, says the task. */
  readonly looksOnly: boolean;
}

/** A change as a plan holds it: what it does, to what, and how it was there; contents and commands by digest. */
export function plannedChange(change: Change, restoring: Restoring, digest: Digest): PlannedChange {
  const final = finalReason(change, restoring);
  const place = 'path' in change ? { path: change.path } : {};
  const before = 'before' in change ? { before: plannedBefore(change.before, digest) } : {};
  return {
    id: changeId(change, digest),
    kind: change.kind,
    summary: change.summary,
    ...place,
    ...before,
    ...details(change, digest),
    ...(final !== undefined && { final }),
  };
}

/** The id of what a plan may have said in its stead, when it could not say as much. */
export function looserId(change: Change, digest: Digest): string | undefined {
  if (change.kind !== 'run' || !change.loosely) return undefined;
  return changeId({ ...change, script: change.loosely }, digest);
}

function changeId(change: Change, digest: Digest): string {
  return textDigest(digest, 'change', JSON.stringify(does(change, digest)));
}

function details(change: Change, digest: Digest): Partial<PlannedChange> {
  switch (change.kind) {
    case 'write':
      return { content: contentDigest(digest, change.content), ...attributesOf(change.attributes) };
    case 'copy':
      return { from: change.from, ...attributesOf(change.attributes) };
    case 'directory':
    case 'attributes':
      return attributesOf(change.attributes);
    case 'link':
      return { leads: change.target };
    case 'download':
      return { from: change.from };
    case 'run':
      return change.effect === 'opaque' ? { opaque: true } : {};
    case 'remove':
    case 'share':
      return {};
  }
}

/** All that decides what is done; not how it was before, and not what is said of it. */
function does(change: Change, digest: Digest): unknown {
  switch (change.kind) {
    case 'write':
      return [change.kind, change.path, contentDigest(digest, change.content).digest, change.attributes, how(change)];
    case 'copy':
      return [change.kind, change.from, change.path, change.attributes, how(change)];
    case 'directory':
      return [change.kind, change.path, change.attributes];
    case 'attributes':
      return [change.kind, change.path, change.attributes, change.follow, change.recurse ?? false];
    case 'link':
      return [change.kind, change.path, change.target, change.hard];
    case 'remove':
      return [change.kind, change.path];
    case 'download':
      return [change.kind, change.from, change.path];
    case 'share':
      return [change.kind, change.entry, change.shared ? sharedText(change.shared) : null];
    case 'run': {
      const stdin = change.stdin && bytesDigest(digest, change.stdin);
      return [change.kind, change.script.text, change.program ?? null, stdin ?? null, change.effect];
    }
  }
}

function sharedText({ facts, plain, lifetime }: Shared): string {
  return stateText({ facts, plain, lifetime });
}

function how(change: Extract<Change, { kind: 'write' | 'copy' }>): unknown {
  return [change.backup ?? false, change.validate ?? null, change.unsafeWrites ?? null];
}

function attributesOf(attributes: Attributes): Partial<PlannedChange> {
  const said = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (said.length === 0) return {};
  const texts = said.map(([name, value]) => [name, name === 'mode' ? octal(Number(value)) : String(value)]);
  return { attributes: Object.fromEntries(texts) as Record<string, string> };
}

function plannedBefore({ kind, owner, group, mode, target, content }: Before, digest: Digest): PlannedBefore {
  return {
    kind,
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
    ...(mode !== undefined && { mode: octal(mode) }),
    ...(target !== undefined && { leads: target }),
    ...(content !== undefined && { content: bytesDigest(digest, content) }),
  };
}

const NOTHING = Buffer.alloc(0);

/** Why the change cannot be taken back, if nothing else comes in between: what would have to be kept is not read yet. */
function finalReason(change: Change, { undo, looksOnly }: Restoring): string | undefined {
  if (looksOnly && change.kind === 'run' && change.effect === 'opaque') return undefined;
  const kind = 'before' in change && change.before.kind === 'directory' ? 'archive' : 'file';
  const light = change.kind === 'write' ? { ...change, content: { bytes: NOTHING } } : change;
  const inverse = inverseOf({ change: light, image: { kind, bytes: NOTHING } }, () => '', undo);
  return inverse.do === 'nothing' ? inverse.reason : undefined;
}
