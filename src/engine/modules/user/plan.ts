import type { Change, Outcome } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import { findGroup, type PasswdEntry, parsePasswd } from './accounts.ts';
import type { UserArgs } from './args.ts';
import { createUser } from './create.ts';
import { changeAge, makeHome, makeKey } from './extras.ts';
import type { UserState } from './inspect.ts';
import { modifyUser } from './modify.ts';
import { passwordWarning } from './password.ts';

export function planUser(args: UserArgs, state: UserState): Plan {
  const { name } = args;
  const base: Record<string, Value> = { name, state: args.state };
  if (args.state === 'absent') {
    if (!state.user) return { changes: [], result: base };
    return { changes: [removeUser(args, state)], result: { ...base, force: args.force, remove: args.remove } };
  }
  const problem = refusal(args, state) ?? unknownGroup(args, state);
  if (problem !== undefined) return { changes: [], failed: problem, result: base };
  const warnings = passwordWarning(args.password);
  if (args.append && args.groups === null)
    warnings.push("'append' is set, but no 'groups' are specified. Use 'groups' for appending new groups.");
  const { user } = state;
  const changes = user ? modifyUser(args, state, user) : [createUser(args, state)];
  changes.push(...extras(args, state));
  const result = user
    ? { ...base, append: args.append, move_home: args.move_home, ...accountResult(args, state, user) }
    : { ...base, system: args.system, create_home: args.create_home };
  if (args.password !== null) Object.assign(result, { password: 'NOT_LOGGING_PASSWORD' });
  return { changes, result, warnings };
}

/** Asked for the account's own group and for its others alike. */
function unknownGroup({ group, groups }: UserArgs, state: UserState): string | undefined {
  const missing = [group, ...(groups ?? [])].find(
    (name) => name !== null && name !== '' && !findGroup(state.groups, name),
  );
  return missing === undefined ? undefined : `Group ${missing} does not exist`;
}

function extras(args: UserArgs, state: UserState): Change[] {
  const changes: Change[] = [];
  if (state.user && args.create_home && !state.homeExists) changes.push(makeHome(args));
  if (args.generate_ssh_key && (!state.key || args.force)) changes.push(makeKey(args, state));
  const age = changeAge(args, state);
  if (age) changes.push(age);
  return changes;
}

function refusal(args: UserArgs, state: UserState): string | undefined {
  if (args.local === true) {
    const bad = (['umask', 'uid_min', 'uid_max'] as const).find((name) => args[name] !== null);
    if (bad) return `'${bad}' can not be used with 'local'`;
  }
  if (!state.user) return undefined; // a group may come to be before the account does; useradd tells
  const named = [...(args.group === null ? [] : [args.group]), ...(args.groups ?? [])];
  const missing = named.find((group) => !findGroup(state.groups, group));
  return missing === undefined ? undefined : `Group ${missing} does not exist`;
}

function removeUser({ name, force, remove }: UserArgs, { busybox }: UserState): Change {
  const words = [...(force ? ['-f'] : []), ...(remove ? ['-r'] : [])];
  const script = busybox ? sh`deluser ${remove ? ['--remove-home'] : []} ${name}` : sh`userdel ${words} -- ${name}`;
  return runChange(`remove user ${name}`, script);
}

/** The account as it is after the changes. */
function accountResult(args: UserArgs, state: UserState, user: PasswdEntry): Record<string, Value> {
  const home = args.home ?? user.home;
  const result: Record<string, Value> = {
    uid: args.uid ?? user.uid,
    group: args.group === null ? user.gid : (findGroup(state.groups, args.group)?.gid ?? user.gid),
    comment: args.comment ?? user.comment,
    home,
    shell: args.shell ?? user.shell,
  };
  if (args.groups !== null) result['groups'] = args.groups.join(',');
  if (args.generate_ssh_key) {
    result['ssh_key_file'] = keyPath(args, home);
    if (state.key) {
      result['ssh_fingerprint'] = state.key.fingerprint;
      result['ssh_public_key'] = state.key.publicKey;
    }
  }
  return result;
}

function keyPath(args: UserArgs, home: string): string {
  const file = args.ssh_key_file ?? `.ssh/id_${args.ssh_key_type}`;
  return file.startsWith('/') ? file : `${home}/${file}`;
}

/** What is known only after the account or the key was made, and what went wrong. */
export function reportUser(args: UserArgs, state: UserState, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes, result = {} } = planUser(args, state);
  const failure = failedChange(changes, outcomes);
  if (failure) {
    const { rc, stderr, stdout } = failure.outcome;
    return {
      failed: textOf(stderr) || textOf(stdout) || `${failure.change.summary} failed`,
      result: { name: args.name, rc },
    };
  }
  const more: Record<string, Value> = {};
  for (const [index, change] of changes.entries()) {
    const [said = '', made = ''] = (outcomes[index]?.stdout.toString('utf8') ?? '').split('\x1e');
    if (said) more['stdout'] = said;
    const stderr = outcomes[index]?.stderr.toString('utf8');
    if (stderr) more['stderr'] = stderr;
    const user = made === '' || state.user ? undefined : parsePasswd(made.split('\n')[0]!);
    if (user && change.summary.startsWith('create user')) Object.assign(more, accountResult(args, state, user));
    if (change.summary.startsWith('make an SSH key')) {
      const [file = '', fingerprint = '', ...key] = made.split('\n');
      Object.assign(more, { ssh_key_file: file, ssh_fingerprint: fingerprint, ssh_public_key: key.join('\n').trim() });
    }
  }
  return { result: { ...result, ...more } };
}
