import type { Change } from '../../model/change.ts';
import { join, sh } from '../../remote/quote.ts';
import { runChange } from '../run-change.ts';
import { findGroup, type PasswdEntry } from './accounts.ts';
import type { UserArgs } from './args.ts';
import { expiryDate, passwordLine } from './create.ts';
import type { UserState } from './inspect.ts';

const day = 86_400;

/** What an existing account lacks. */
export function modifyUser(args: UserArgs, state: UserState, user: PasswdEntry): Change[] {
  const { words, undo, notes } = accountWords(args, state, user);
  const changes: Change[] = [];
  const secret = newPassword(args, state);
  const locking = secret === undefined ? lockWords(args, state) : [];
  if (words.length || locking.length) {
    const summary = [...notes, ...(locking.length ? [locking[0] === '-L' ? 'lock' : 'unlock'] : [])].join(', ');
    const script = state.busybox ? byBusybox(args, state, user) : sh`usermod ${[...words, ...locking]} -- ${args.name}`;
    const back = locking.length ? [...undo, locking[0] === '-L' ? '-U' : '-L'] : undo;
    const current = notes.length ? { before: describe(user), after: describe(user, args) } : undefined;
    changes.push(
      runChange(`change user ${args.name}: ${summary}`, script, {
        ...(!state.busybox && back.length && { undo: sh`usermod ${back} -- ${args.name}` }),
        ...(current && { diff: current }),
      }),
    );
  }
  if (secret !== undefined) {
    const stdin = passwordLine(args.name, secret, args.password_lock === true);
    changes.push(runChange(`set the password of ${args.name}`, sh`chpasswd -e`, { stdin }));
  }
  return changes;
}

function describe(user: PasswdEntry, args?: UserArgs): string {
  const { uid, comment, home, shell } = user;
  const shown = {
    uid: args?.uid ?? uid,
    comment: args?.comment ?? comment,
    home: args?.home ?? home,
    shell: args?.shell ?? shell,
    ...(args?.groups ? { groups: args.groups.join(',') } : {}),
  };
  return Object.entries(shown)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

function accountWords(args: UserArgs, state: UserState, user: PasswdEntry) {
  const words: string[] = [];
  const undo: string[] = [];
  const notes: string[] = [];
  const set = (note: string, option: string, value: string, before: string, ...more: string[]) => {
    words.push(option, value, ...more);
    undo.push(option, before);
    notes.push(note);
  };
  if (args.uid !== null && args.uid !== user.uid) {
    set(`uid ${args.uid}`, '-u', String(args.uid), String(user.uid), ...(args.non_unique ? ['-o'] : []));
  }
  const primary = args.group === null ? undefined : findGroup(state.groups, args.group);
  if (primary && primary.gid !== user.gid) set(`group ${primary.name}`, '-g', String(primary.gid), String(user.gid));
  const membership = groupsToSet(args, state, user);
  if (membership) {
    words.push(...(args.append ? ['-a'] : []), '-G', membership.wanted.join(','));
    undo.push('-G', membership.current.join(','));
    notes.push(`groups ${membership.wanted.join(',')}`);
  }
  if (args.comment !== null && args.comment !== user.comment) set('comment', '-c', args.comment, user.comment);
  if (args.home !== null && args.home !== user.home) {
    set(`home ${args.home}`, '-d', args.home, user.home, ...(args.move_home ? ['-m'] : []));
  }
  if (args.shell !== null && args.shell !== user.shell) set(`shell ${args.shell}`, '-s', args.shell, user.shell);
  const expires = state.shadow ? state.shadow.expires : 0; // who has no entry there gets one
  if (args.expires !== null && expiryDiffers(args.expires, expires)) {
    set('expiry', '-e', expiryDate(args.expires), expires === undefined ? '' : expiryDate(expires * day));
  }
  const disable = args.password_expire_account_disable;
  if (disable !== null && disable !== (state.shadow?.inactive ?? -1)) {
    set('days of grace', '-f', String(disable), String(state.shadow?.inactive ?? -1));
  }
  return { words, undo, notes };
}

function expiryDiffers(wanted: number, current: number | undefined): boolean {
  if (wanted < 0) return current !== undefined && current >= 0;
  return current === undefined || current < 0 || expiryDate(wanted) !== expiryDate(current * day);
}

/** Undefined if the account is in the groups that it shall be in. */
function groupsToSet({ name, groups, append }: UserArgs, state: UserState, user: PasswdEntry) {
  if (groups === null) return undefined;
  const current = state.groups
    .filter((group) => group.members.includes(name) && (append || group.gid !== user.gid))
    .map((group) => group.name);
  const wanted = [...new Set(groups.map((group) => findGroup(state.groups, group)?.name ?? group))].filter(
    (group) => append || findGroup(state.groups, group)?.gid !== user.gid,
  );
  const missing = wanted.filter(
    (group) => !current.includes(group) && findGroup(state.groups, group)?.gid !== user.gid,
  );
  const surplus = append ? [] : current.filter((group) => !wanted.includes(group));
  return missing.length || surplus.length ? { wanted, current } : undefined;
}

function newPassword({ password, update_password }: UserArgs, { shadow }: UserState): string | undefined {
  if (password === null || update_password !== 'always') return undefined;
  const bare = (hash: string) => hash.replace(/^!+/, '');
  return bare(shadow?.password ?? '') === bare(password) ? undefined : password;
}

function lockWords({ password_lock: lock }: UserArgs, { shadow }: UserState): string[] {
  const locked = shadow?.password.startsWith('!') ?? false;
  if (lock === true && !locked) return ['-L'];
  return lock === false && locked ? ['-U'] : [];
}

/** busybox can change groups alone. */
function byBusybox(args: UserArgs, state: UserState, user: PasswdEntry) {
  const membership = groupsToSet(args, state, user);
  if (!membership) return sh`echo 'this host has no usermod' >&2; exit 1`;
  const { wanted, current } = membership;
  const joins = wanted.filter((group) => !current.includes(group)).map((group) => sh`addgroup ${args.name} ${group}`);
  const leaves = args.append
    ? []
    : current.filter((group) => !wanted.includes(group)).map((group) => sh`delgroup ${args.name} ${group}`);
  return join([...joins, ...leaves], ' && ');
}
