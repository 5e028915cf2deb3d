import type { Change } from '../../model/change.ts';
import { join, sh } from '../../remote/quote.ts';
import { runChange } from '../run-change.ts';
import { findGroup } from './accounts.ts';
import type { UserArgs } from './args.ts';
import type { UserState } from './inspect.ts';

/** Makes the account, with its password, which goes over standard input. */
export function createUser(args: UserArgs, state: UserState): Change {
  const { name, password, password_lock: lock } = args;
  const add = state.busybox ? addByBusybox(args) : sh`useradd ${addWords(args, state)}`;
  const parent = args.home !== null && args.create_home ? args.home.replace(/\/+[^/]*\/*$/, '') : '';
  const steps = [
    ...(parent ? [sh`mkdir -p -- ${parent}`] : []),
    add,
    ...(password === null ? [] : [sh`chpasswd -e`]),
    sh`{ printf '\036'; getent passwd ${name} 2>/dev/null || grep ${`^${name}:`} /etc/passwd; }`,
  ];
  const undo = state.busybox ? sh`deluser --remove-home ${name}` : sh`userdel -r -- ${name}`;
  return runChange(`create user ${name}`, join(steps, ' && '), {
    undo,
    ...(password !== null && { stdin: passwordLine(name, password, lock === true) }),
  });
}

/** As chpasswd reads it. */
export function passwordLine(name: string, hash: string, locked: boolean): Buffer {
  return Buffer.from(`${name}:${locked ? '!' : ''}${hash}\n`);
}

/** Days that usermod and useradd are given as a date; empty for never. */
export function expiryDate(seconds: number): string {
  return seconds < 0 ? '' : new Date(seconds * 1000).toISOString().slice(0, 10);
}

function addWords(args: UserArgs, state: UserState): string[] {
  const words: string[] = [];
  if (args.uid !== null) words.push('-u', String(args.uid), ...(args.non_unique ? ['-o'] : []));
  if (args.seuser !== null) words.push('-Z', args.seuser);
  if (args.group !== null) words.push('-g', args.group);
  else if (findGroup(state.groups, args.name)) words.push('-N'); // a group of the user's own is there already
  if (args.groups?.length) words.push('-G', args.groups.join(','));
  if (args.comment !== null) words.push('-c', args.comment);
  if (args.home !== null) words.push('-d', args.home);
  if (args.shell !== null) words.push('-s', args.shell);
  if (args.expires !== null) words.push('-e', expiryDate(args.expires));
  if (args.password_expire_account_disable !== null) words.push('-f', String(args.password_expire_account_disable));
  words.push(args.create_home ? '-m' : '-M');
  if (args.create_home && args.skeleton !== null) words.push('-k', args.skeleton);
  if (args.create_home && args.umask !== null) words.push('-K', `UMASK=${args.umask}`);
  if (args.system) words.push('-r');
  if (args.uid_min !== null) words.push('-K', `UID_MIN=${args.uid_min}`);
  if (args.uid_max !== null) words.push('-K', `UID_MAX=${args.uid_max}`);
  return [...words, '--', args.name];
}

function addByBusybox(args: UserArgs) {
  const words = ['-D'];
  if (args.uid !== null) words.push('-u', String(args.uid));
  if (args.group !== null) words.push('-G', args.group);
  if (args.comment !== null) words.push('-g', args.comment);
  if (args.home !== null) words.push('-h', args.home);
  if (args.shell !== null) words.push('-s', args.shell);
  if (!args.create_home) words.push('-H');
  if (args.skeleton !== null) words.push('-k', args.skeleton);
  if (args.system) words.push('-S');
  const joins = (args.groups ?? []).map((group) => sh`addgroup ${args.name} ${group}`);
  return join([sh`adduser ${words} ${args.name}`, ...joins], ' && ');
}
