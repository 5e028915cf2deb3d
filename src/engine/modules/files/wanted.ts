import type { Attributes } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { FileState } from '../../remote/types.ts';
import { type ModeSpec, modeText, needsUmask, parseMode, resolveMode } from '../args/mode.ts';

/** What a task says of a file beside its content. */
export interface Wanted {
  readonly mode?: ModeSpec | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly chattr?: string | undefined;
  /** User, role, type and level; what is undefined stays. */
  readonly selinux?: readonly (string | undefined)[] | undefined;
}

/** The arguments of `fileArgs`. */
export interface WantedArgs {
  readonly mode: Value;
  readonly owner: string | null;
  readonly group: string | null;
  readonly attributes: string | null;
  readonly seuser: string | null;
  readonly serole: string | null;
  readonly setype: string | null;
  readonly selevel: string | null;
}

/** Throws TsplayError for a mode that is none. */
export function wantedOf(args: WantedArgs, mode: Value = args.mode): Wanted {
  const context = [args.seuser, args.serole, args.setype, args.selevel].map((part) => part ?? undefined);
  return {
    mode: parseMode(mode),
    owner: args.owner ?? undefined,
    group: args.group ?? undefined,
    chattr: args.attributes ?? undefined,
    selinux: context.some((part) => part !== undefined) ? context : undefined,
  };
}

/** What differs between a file and what is wanted; the dicts are for the diff. */
export interface Difference {
  readonly attributes: Attributes;
  readonly before: Map<Value, Value>;
  readonly after: Map<Value, Value>;
}

/** What the host knows that a `FileState` does not say: for chattr and SELinux, and the umask where a mode asks for it. */
export interface Context {
  readonly umask: number;
  readonly flags?: string | undefined;
  readonly selinux?: string | undefined;
  /** Numbers of the wanted owner and group. */
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export function difference(wanted: Wanted, state: FileState, context: Context): Difference | undefined {
  const before = new Map<Value, Value>();
  const after = new Map<Value, Value>();
  const attributes: { -readonly [K in keyof Attributes]: Attributes[K] } = {};
  if (wanted.owner !== undefined && !isIdentity(wanted.owner, state.owner, state.uid)) {
    attributes.owner = wanted.owner;
    before.set('owner', state.uid);
    after.set('owner', context.uid ?? wanted.owner);
  }
  if (wanted.group !== undefined && !isIdentity(wanted.group, state.group, state.gid)) {
    attributes.group = wanted.group;
    before.set('group', state.gid);
    after.set('group', context.gid ?? wanted.group);
  }
  const mode = wantedMode(wanted, state, context.umask);
  if (mode !== undefined && mode !== state.mode) {
    attributes.mode = mode;
    before.set('mode', modeText(state.mode));
    after.set('mode', modeText(mode));
  }
  if (wanted.chattr !== undefined && context.flags !== undefined && !hasFlags(context.flags, wanted.chattr)) {
    attributes.chattr = wanted.chattr;
    before.set('attributes', context.flags);
    after.set('attributes', wanted.chattr);
  }
  const label = wantedLabel(wanted, context.selinux);
  if (label !== undefined && label !== context.selinux) {
    attributes.selinux = label;
    before.set('secontext', context.selinux ?? null);
    after.set('secontext', label);
  }
  return before.size > 0 ? { attributes, before, after } : undefined;
}

/** The attributes a file gets that is made now. `plain` is the mode when none is wanted: 0o666 or 0o777. */
export function initialAttributes(wanted: Wanted, plain: 0o666 | 0o777, context: Context): Attributes {
  const base = plain & ~context.umask;
  const directory = plain === 0o777;
  const mode = wanted.mode ? resolveMode(wanted.mode, { mode: base, directory, umask: context.umask }) : base;
  const label = wantedLabel(wanted, context.selinux);
  return {
    mode,
    ...(wanted.owner === undefined ? {} : { owner: wanted.owner }),
    ...(wanted.group === undefined ? {} : { group: wanted.group }),
    ...(wanted.chattr === undefined ? {} : { chattr: wanted.chattr }),
    ...(label === undefined ? {} : { selinux: label }),
  };
}

/** The mode of a link itself is of no meaning. */
function wantedMode(wanted: Wanted, state: FileState, umask: number): number | undefined {
  if (!wanted.mode || state.kind === 'link') return undefined;
  return resolveMode(wanted.mode, { mode: state.mode, directory: state.kind === 'directory', umask });
}

/** A number is an id; as with chown, a user whose name is a number is not meant. */
export function isIdentity(wanted: string, name: string, id: number): boolean {
  return /^\d+$/.test(wanted) ? Number(wanted) === id : wanted === name;
}

/** `+i`, `-a`, `=ei` or plain letters against what lsattr shows. */
function hasFlags(current: string, wanted: string): boolean {
  const has = (letter: string) => current.includes(letter);
  const letters = [...wanted.replace(/^[-+=]/, '')];
  if (wanted.startsWith('-')) return !letters.some(has);
  if (wanted.startsWith('+')) return letters.every(has);
  // `e` is set by the file system itself.
  const settled = [...current].filter((letter) => letter !== 'e' || letters.includes('e'));
  return letters.every(has) && settled.every((letter) => letters.includes(letter));
}

function wantedLabel({ selinux }: Wanted, current: string | undefined): string | undefined {
  if (!selinux || current === undefined) return undefined;
  const parts = current.split(':');
  const [user, role, type, ...level] = parts;
  const now = [user, role, type, level.join(':')];
  return selinux
    .map((part, index) => part ?? now[index])
    .filter((part) => part !== '')
    .join(':');
}

/** Whether `inspect` has to ask for more than the file's state. */
export function needsContext(wanted: Wanted, state: FileState | undefined): boolean {
  if (!state) return true;
  return (
    needsUmask(wanted.mode) ||
    wanted.chattr !== undefined ||
    wanted.selinux !== undefined ||
    (wanted.owner !== undefined && !isIdentity(wanted.owner, state.owner, state.uid)) ||
    (wanted.group !== undefined && !isIdentity(wanted.group, state.group, state.gid))
  );
}
