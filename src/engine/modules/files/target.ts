import type { Attributes, Before } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import type { Digest, FileState, HostView } from '../../remote/types.ts';
import { modeText } from '../args/mode.ts';
import type { Result } from '../types.ts';
import { stateWord } from './facts.ts';
import { type Context, isIdentity, needsContext, type Wanted } from './wanted.ts';

/** A path that a task wants to be something, and what it is. */
export interface Target {
  readonly path: string;
  readonly state: FileState | undefined;
  readonly context: TargetContext;
}

/** Asked only where it matters: when the file is new, or its owner changes. */
export interface TargetContext extends Context {
  /** Who makes a new file. */
  readonly self?: { readonly uid: number; readonly user: string; readonly gid: number; readonly group: string };
  /** Kind of the folder it stands in, when the file is new. */
  readonly parent?: FileState['kind'] | undefined;
  /** A wanted owner or group that the host does not know. */
  readonly unknownUser?: string | undefined;
  readonly unknownGroup?: string | undefined;
}

const plain: TargetContext = { umask: 0o022 };

/** Looks at a path and, only if something is to be done there, at what doing it needs. */
export async function inspectTarget(
  host: HostView,
  path: string,
  wanted: Wanted,
  options: { follow?: boolean; checksum?: Digest } = {},
): Promise<Target> {
  const state = await host.stat(path, options);
  return { path, state, context: await inspectContext(host, path, wanted, state) };
}

/** One round trip, or none. */
export async function inspectContext(
  host: HostView,
  path: string,
  wanted: Wanted,
  state: FileState | undefined,
): Promise<TargetContext> {
  if (!needsContext(wanted, state)) return plain;
  const [who, parent] = await Promise.all([
    host.query(lookUp(path, wanted)),
    state ? undefined : host.stat(folderOf(path), { follow: true }),
  ]);
  const lines = who.stdout.toString().split('\n');
  const [umask = '022', uid, user = '', gid, group = '', wantedUid = '', wantedGid = '', flags = '', label = ''] =
    lines;
  return {
    umask: Number.parseInt(umask, 8),
    self: { uid: Number(uid), user, gid: Number(gid), group },
    parent: parent?.kind,
    uid: wantedUid === '' ? undefined : Number(wantedUid),
    gid: wantedGid === '' ? undefined : Number(wantedGid),
    unknownUser: wanted.owner !== undefined && wantedUid === '' ? wanted.owner : undefined,
    unknownGroup: wanted.group !== undefined && wantedGid === '' ? wanted.group : undefined,
    flags: wanted.chattr === undefined ? undefined : (flags.split(/\s+/)[0] ?? '').replaceAll('-', ''),
    selinux: label.includes(':') ? label : undefined,
  };
}

/** Nine lines: umask, the user, its number, group, its number, wanted owner and group, flags, SELinux label. */
function lookUp(path: string, wanted: Wanted) {
  const user = wanted.owner === undefined ? sh`echo` : idOf('passwd', wanted.owner);
  const group = wanted.group === undefined ? sh`echo` : idOf('group', wanted.group);
  const flags = wanted.chattr === undefined ? sh`echo` : sh`echo "$(lsattr -d -- ${path} 2>/dev/null)"`;
  const label = wanted.selinux === undefined ? sh`echo` : sh`echo "$(stat -c %C -- ${path} 2>/dev/null)"`;
  return sh`umask; id -u; id -un; id -g; id -gn; ${user}; ${group}; ${flags}; ${label}`;
}

/** A name's number, by the host's own tables; a number stands for itself. */
function idOf(table: 'passwd' | 'group', name: string) {
  if (/^\d+$/.test(name)) return sh`echo ${name}`;
  const file = `/etc/${table}`;
  return sh`{ getent ${table} ${name} 2>/dev/null || while IFS= read -r l; do case $l in ${name}:*) printf '%s\n' "$l"; break;; esac; done <${file}; } | { IFS=: read -r _ _ i _ && echo "$i" || echo; }`;
}

function folderOf(path: string): string {
  const at = path.replace(/\/+$/, '').lastIndexOf('/');
  return at < 0 ? '.' : path.slice(0, at) || '/';
}

/** What the file was, as a change keeps it. */
export function beforeOf(state: FileState | undefined, content?: Buffer): Before {
  if (!state) return { kind: 'absent' };
  const known = ['file', 'directory', 'link'] as const;
  return {
    kind: known.find((kind) => kind === state.kind) ?? 'other',
    owner: state.owner,
    group: state.group,
    mode: state.mode,
    ...(state.target === undefined ? {} : { target: state.target }),
    ...(content ? { content } : {}),
  };
}

/** The failure that a wanted but unknown user or group is for a file that is there. */
export function ownerProblem({ state, context }: Target): string | undefined {
  if (!state) return undefined;
  if (context.unknownUser !== undefined) return `chown failed: failed to look up user ${context.unknownUser}`;
  if (context.unknownGroup !== undefined) return `chgrp failed: failed to look up group ${context.unknownGroup}`;
  return undefined;
}

/** Ansible's facts of a path, as they are once the attributes are applied. */
export function factsAfter(
  { state, context }: Target,
  attributes: Attributes,
  made?: { readonly state: 'file' | 'directory' | 'link'; readonly size?: number },
): Result {
  const base = state && (!made || made.state === kindWord(state)) ? state : undefined;
  const { self } = context;
  const ownerIs = attributes.owner;
  const groupIs = attributes.group;
  const uid = ownerIs === undefined ? (state?.uid ?? self?.uid ?? null) : (context.uid ?? null);
  const gid = groupIs === undefined ? (state?.gid ?? self?.gid ?? null) : (context.gid ?? null);
  const mode = attributes.mode ?? base?.mode ?? (made?.state === 'link' ? 0o777 : undefined);
  return {
    uid,
    gid,
    owner: nameOf(ownerIs, state?.owner, state?.uid, self?.user),
    group: nameOf(groupIs, state?.group, state?.gid, self?.group),
    ...(mode === undefined ? {} : { mode: modeText(mode) }),
    state: made && !base ? made.state : stateWord(state),
    size: made?.size ?? state?.size ?? 0,
  };
}

function kindWord(state: FileState): string {
  return state.kind;
}

function nameOf(wanted: string | undefined, name: string | undefined, id: number | undefined, own: string | undefined) {
  if (wanted === undefined) return name ?? own ?? '';
  return name !== undefined && id !== undefined && isIdentity(wanted, name, id) ? name : wanted;
}
