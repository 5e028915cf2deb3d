import type { HostView } from '../../remote/types.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, textOf } from '../run-change.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { ask, loginArgs, name, sqlChange, text } from './client.ts';
import { isPassword } from './password.ts';

const args = {
  ...loginArgs,
  name: { type: 'str', required: true, aliases: ['user'], doc: 'The role.' },
  password: { type: 'str', noLog: true, doc: 'Its password, or a hash of it; an empty one takes it away.' },
  db: { type: 'str', default: '', aliases: ['login_db'], doc: 'Database to connect to.' },
  role_attr_flags: { type: 'str', default: '', doc: 'What it may: `CREATEDB,NOSUPERUSER`.' },
  encrypted: { type: 'bool', default: true, doc: 'Taken for compatibility: passwords are always kept encrypted.' },
  no_password_changes: { type: 'bool', default: false, doc: 'Do not look at the password of a role that is there.' },
  expires: { type: 'str', doc: 'When its password ends to be valid; `infinity` for never.' },
  conn_limit: { type: 'int', doc: 'How many connections it may have; -1 for any number.' },
  comment: { type: 'str', doc: 'A comment on it.' },
  fail_on_user: { type: 'bool', default: true, aliases: ['fail_on_role'], doc: 'Fail if it cannot be removed.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
} as const satisfies Record<string, ArgSpec>;

type UserArgs = ArgsOf<typeof args>;

interface UserState {
  readonly problem: string | undefined;
  readonly found: Record<string, unknown> | undefined;
}

/** Columns of what a role may, by the word for it. */
const FLAGS: Readonly<Record<string, string>> = {
  SUPERUSER: 'rolsuper',
  CREATEROLE: 'rolcreaterole',
  CREATEDB: 'rolcreatedb',
  INHERIT: 'rolinherit',
  LOGIN: 'rolcanlogin',
  REPLICATION: 'rolreplication',
  BYPASSRLS: 'rolbypassrls',
};

export const postgresqlUser = defineModule({
  name: 'postgresql_user',
  collection: 'community.postgresql',
  summary: 'Manage roles of PostgreSQL',
  args,
  inspect: inspectRole,
  plan: planRole,
  report(given, before, outcomes) {
    const failure = failedChange(planRole(given, before).changes, outcomes);
    if (!failure) return {};
    if (given.state === 'absent' && !given.fail_on_user)
      return { changed: false, result: { user: given.name, user_removed: false } };
    return { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) };
  },
  examples: `- community.postgresql.postgresql_user: {name: shop, password: "{{ shop_password }}", role_attr_flags: CREATEDB}
  become: true
  become_user: postgres`,
});

async function inspectRole(host: HostView, given: UserArgs): Promise<UserState> {
  const expires = given.expires === null ? 'NULL' : `${text(given.expires)}::timestamptz = rolvaliduntil`;
  const columns = Object.values(FLAGS).join(', ');
  const query = (table: string, password: string) =>
    `SELECT ${columns}, rolconnlimit, ${password} AS password, COALESCE(${expires}, false) AS until_fits,
shobj_description(oid, 'pg_authid') AS comment FROM ${table} WHERE rolname = ${text(given.name)}`;
  const database = given.db || 'postgres';
  const own = await ask(host, given, database, query('pg_authid', 'rolpassword'));
  if (own.problem === undefined) return { problem: undefined, found: own.rows[0] };
  // Who is no superuser sees roles without their passwords.
  const seen = await ask(host, given, database, query('pg_roles', 'NULL'));
  return { problem: seen.problem, found: seen.rows[0] };
}

function planRole(given: UserArgs, { problem, found }: UserState): Plan {
  const { name: role } = given;
  const result = { user: role };
  const fail = (failed: string): Plan => ({ changes: [], failed, result });
  if (problem !== undefined) return fail(problem);
  const change = (summary: string, statements: readonly string[]) =>
    sqlChange(summary, given, given.db || 'postgres', statements);
  if (given.state === 'absent') {
    const changes = found ? [change(`drop the role ${role}`, [`DROP ROLE ${name(role)}`])] : [];
    return { changes, result: { ...result, user_removed: changes.length > 0 } };
  }
  const flags = given.role_attr_flags
    .split(',')
    .map((flag) => flag.trim().toUpperCase())
    .filter((flag) => flag !== '');
  const unknown = flags.find((flag) => FLAGS[flag.replace(/^NO/, '')] === undefined);
  if (unknown !== undefined) return fail(`Invalid role_attr_flags specified: ${unknown}`);
  const commenting = given.comment !== null && given.comment !== (found?.['comment'] ?? '');
  const comment = commenting ? [`COMMENT ON ROLE ${name(role)} IS ${text(given.comment!)}`] : [];
  if (!found) {
    const statement = ['CREATE USER', name(role), ...options(given, flags, true)].join(' ');
    return { changes: [change(`create the role ${role}`, [statement, ...comment])], result };
  }
  const passwordFits =
    given.password === null ||
    given.no_password_changes ||
    isPassword(given.password, role, found['password'] as string | null);
  const wrongFlags = flags.filter((flag) => found[FLAGS[flag.replace(/^NO/, '')]!] === flag.startsWith('NO'));
  const untilFits = given.expires === null || found['until_fits'] === true;
  const limitFits = given.conn_limit === null || given.conn_limit === found['rolconnlimit'];
  const wrong: Partial<UserArgs> = {
    password: passwordFits ? null : given.password,
    expires: untilFits ? null : given.expires,
    conn_limit: limitFits ? null : given.conn_limit,
  };
  const parts = options({ ...given, ...wrong }, wrongFlags, !passwordFits);
  const statements = [...(parts.length > 0 ? [`ALTER USER ${name(role)} ${parts.join(' ')}`] : []), ...comment];
  return { changes: statements.length > 0 ? [change(`change the role ${role}`, statements)] : [], result };
}

function options(
  given: Pick<UserArgs, 'password' | 'expires' | 'conn_limit'>,
  flags: readonly string[],
  password: boolean,
): string[] {
  return [
    ...(given.password === null || !password
      ? []
      : [`PASSWORD ${given.password === '' ? 'NULL' : text(given.password)}`]),
    ...flags,
    ...(given.expires === null ? [] : [`VALID UNTIL ${text(given.expires)}`]),
    ...(given.conn_limit === null ? [] : [`CONNECTION LIMIT ${given.conn_limit}`]),
  ];
}
