import type { Change } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { Plan } from '../types.ts';
import { stateWord } from './facts.ts';
import { beforeOf, factsAfter, ownerProblem, type Target } from './target.ts';
import type { Wanted } from './wanted.ts';
import { attributesChange } from './write.ts';

/** What a link's plan looks at beside the path itself. */
export interface LinkState {
  readonly target: Target;
  /** Where the link leads, if its attributes are wanted; no state if nothing is there. */
  readonly end: Target | undefined;
  /** Whether the source is there. */
  readonly sourceExists: boolean;
  /** The source's inode and device, for hard links. */
  readonly sourceId: string | undefined;
  readonly emptyFolder: boolean;
}

export interface LinkArgs {
  readonly src: string | null;
  readonly force: boolean;
  readonly follow: boolean;
}

/** `state: link`. */
export function planLink(args: LinkArgs, wanted: Wanted, before: LinkState): Plan {
  const { path, state } = before.target;
  const source = args.src ?? state?.target ?? null;
  const kind = stateWord(state);
  const fail = (failed: string): Plan => ({
    changes: [],
    failed,
    result: { path, ...(source ? { src: source } : {}) },
  });
  if (!args.force && args.src !== null && !before.sourceExists) {
    return fail(
      `src file does not exist, use "force=yes" if you really want to create the link: ${fullSource(path, args.src)}`,
    );
  }
  if (kind === 'directory' && !args.force) return fail(`refusing to convert from directory to symlink for ${path}`);
  if (kind === 'directory' && !before.emptyFolder) {
    return fail(`the directory ${path} is not empty, refusing to convert it`);
  }
  if ((kind === 'file' || kind === 'hard') && !args.force) {
    return fail(`refusing to convert from ${kind} to symlink for ${path}`);
  }
  if (source === null) return fail('src is required for creating new symlinks');
  return linkPlan(source, false, state?.target !== source, args, wanted, before);
}

/** `state: hard`. */
export function planHardLink(args: LinkArgs, wanted: Wanted, before: LinkState): Plan {
  const { path, state } = before.target;
  const { src } = args;
  const fail = (failed: string): Plan => ({ changes: [], failed, result: { dest: path, ...(src ? { src } : {}) } });
  if (src === null && stateWord(state) !== 'hard') return fail('src is required for creating new hardlinks');
  if (src !== null && !before.sourceExists) return fail('src does not exist');
  const same = src === null || (state !== undefined && `${state.device}:${state.inode}` === before.sourceId);
  if (same) return linkPlan(src ?? path, true, false, args, wanted, before);
  if (!args.force && state && state.kind !== 'link') {
    const kind = stateWord(state);
    if (kind === 'file') return fail(`Cannot link, file exists at destination`);
    return fail(
      kind === 'hard'
        ? 'Cannot link, different hard link exists at destination'
        : 'Cannot link: different hard link exists at destination',
    );
  }
  return linkPlan(src ?? path, true, true, args, wanted, before);
}

function linkPlan(
  source: string,
  hard: boolean,
  differs: boolean,
  args: LinkArgs,
  wanted: Wanted,
  before: LinkState,
): Plan {
  const { target, end } = before;
  const { path, state } = target;
  const ending = hard || !args.follow ? target : end;
  const lost = !hard && args.follow && end?.state === undefined;
  const problem = ending && ownerProblem(ending);
  if (problem !== undefined) return { changes: [], failed: problem, result: { dest: path, src: source } };
  const fresh = differs && !hard && !args.follow;
  const own = fresh ? ownerOfLink(path, wanted) : undefined;
  const attributes = ending?.state && !fresh ? attributesChange(ending, wanted) : undefined;
  const word = hard ? 'hard' : 'link';
  const change = {
    kind: 'link' as const,
    summary: `link ${path} to ${source}`,
    path,
    target: source,
    hard,
    before: beforeOf(state),
    diff: {
      before: new Map<Value, Value>([
        ['path', path],
        ...stateEntries(stateWord(state), word),
        ...oldSource(state?.target, source),
      ]),
      after: new Map<Value, Value>([
        ['path', path],
        ...stateEntries(word, stateWord(state)),
        ...oldSource(source, state?.target),
      ]),
    },
  };
  const made = { state: 'link', size: Buffer.byteLength(source) } as const;
  const same = hard && !state ? end : target;
  const facts = hard ? { ...factsAfter(same ?? target, {}), state: 'hard' } : factsAfter(target, {}, made);
  return {
    changes: [...(differs ? [change] : []), ...(attributes ? [attributes] : []), ...(own ? [own] : [])],
    result: { dest: path, src: source, ...facts },
    warnings: lost
      ? ['Cannot set fs attributes on a non-existent symlink target. follow should be set to False to avoid this.']
      : [],
  };
}

/** A link that is made now belongs to who makes it, until this is done. */
export function ownerOfLink(path: string, { owner, group }: Wanted): Change | undefined {
  if (owner === undefined && group === undefined) return undefined;
  const attributes = { ...(owner === undefined ? {} : { owner }), ...(group === undefined ? {} : { group }) };
  const summary = `change the owner of ${path}`;
  return { kind: 'attributes', summary, path, attributes, follow: false, before: { kind: 'link' } };
}

function stateEntries(state: string, other: string): [Value, Value][] {
  return state === other ? [] : [['state', state]];
}

function oldSource(source: string | undefined, other: string | undefined): [Value, Value][] {
  return source === undefined || other === undefined || source === other ? [] : [['src', source]];
}

/** A relative source is one beside the link. */
export function fullSource(path: string, source: string): string {
  if (source.startsWith('/')) return source;
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${source}`;
}
