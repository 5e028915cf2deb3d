import { createHash } from 'node:crypto';
import type { Change } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { HostView } from '../../remote/types.ts';
import { pyStr } from '../../template/values.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, textOf } from '../run-change.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { ask, connectProblem, loginArgs, rowsOf, sqlChange, text } from './client.ts';
import { compareGrants, type Grants, grantStatements, readGrants, wantedGrants } from './grants.ts';
import { meetsTls, requireClause, type TlsColumns } from './tls.ts';

const args = {
  ...loginArgs,
  name: { type: 'str', required: true, aliases: ['user'], doc: 'Name of the account.' },
  host: { type: 'str', default: 'localhost', doc: 'Host from which it connects.' },
  host_all: { type: 'bool', default: false, doc: 'All accounts of that name, whatever their host.' },
  password: { type: 'str', noLog: true, doc: 'Its password.' },
  encrypted: { type: 'bool', default: false, doc: 'The password is a hash: `*` and 40 hexadecimal digits.' },
  update_password: {
    type: 'str',
    choices: ['always', 'on_create', 'on_new_username'],
    default: 'always',
    doc: 'Whether the password of an account that is there is changed.',
  },
  plugin: { type: 'str', doc: 'Plugin by which it proves who it is.' },
  plugin_hash_string: { type: 'str', noLog: true, doc: "The plugin's hash of the password." },
  plugin_auth_string: { type: 'str', noLog: true, doc: "The plugin's password." },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
  priv: { type: 'raw', doc: 'Privileges: `db.table:SELECT,INSERT/other.*:ALL`, or a dictionary.' },
  append_privs: { type: 'bool', default: false, doc: 'Add them to those that it has.' },
  subtract_privs: { type: 'bool', default: false, doc: 'Take them from those that it has.' },
  tls_requires: {
    type: 'dict',
    doc: 'What its connections must have: `SSL`, `X509`, or `SUBJECT`, `ISSUER` and `CIPHER`.',
  },
  column_case_sensitive: { type: 'bool', doc: 'Whether names of columns in `priv` are compared as they are written.' },
  sql_log_bin: { type: 'bool', default: true, doc: 'Whether what is done goes to the binary log.' },
  check_implicit_admin: { type: 'bool', default: false, doc: 'Taken for compatibility.' },
} as const satisfies Record<string, ArgSpec>;

type UserArgs = ArgsOf<typeof args>;

interface Account {
  readonly host: string;
  readonly plugin: string;
  /** What the server keeps of the password. */
  readonly hash: string;
  readonly tls: TlsColumns;
  readonly grants: Grants;
}

interface UserState {
  readonly problem: string | undefined;
  readonly accounts: readonly Account[];
}

export const mysqlUser = defineModule({
  name: 'mysql_user',
  collection: 'community.mysql',
  summary: 'Manage accounts of MySQL or MariaDB',
  args,
  rules: { mutuallyExclusive: [['append_privs', 'subtract_privs']] },
  inspect: inspectAccounts,
  plan: planAccounts,
  report(given, before, outcomes) {
    const failure = failedChange(planAccounts(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: `- community.mysql.mysql_user:
    name: shop
    password: "{{ shop_password }}"
    priv: "shop.*:ALL"
    login_unix_socket: /run/mysqld/mysqld.sock`,
});

async function inspectAccounts(host: HostView, given: UserArgs): Promise<UserState> {
  const where = given.host_all ? '' : ` AND Host = ${text(given.host.toLowerCase())}`;
  const sql = `SELECT Host, plugin, authentication_string, ssl_type, ssl_cipher, x509_issuer, x509_subject FROM mysql.user WHERE User = ${text(given.name)}${where};\n`;
  const answer = await ask(host, given, sql);
  const problem = connectProblem(answer, given);
  if (problem !== undefined) return { problem, accounts: [] };
  const found = rowsOf(answer).map(([at, plugin, hash, type, cipher, issuer, subject]) => ({
    host: at ?? '',
    plugin: plugin ?? '',
    hash: hash ?? '',
    tls: { type: type ?? '', cipher: cipher ?? '', issuer: issuer ?? '', subject: subject ?? '' },
  }));
  const shown = await Promise.all(
    found.map((account) => ask(host, given, `SHOW GRANTS FOR ${accountOf(given.name, account.host)};\n`)),
  );
  const accounts = found.map((account, index) => ({
    ...account,
    grants: plainColumns(readGrants(rowsOf(shown[index]!).map(([line]) => line ?? '')), given),
  }));
  return { problem, accounts };
}

function accountOf(user: string, host: string): string {
  return `${text(user)}@${text(host)}`;
}

function planAccounts(given: UserArgs, { problem, accounts }: UserState): Plan {
  const { name: user } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed, result: { user } });
  if (problem !== undefined) return fail(problem);
  if (given.encrypted && given.password !== null && !/^\*[0-9A-F]{40}$/i.test(given.password)) {
    return fail(
      'encrypted was specified however it does not appear to be a valid hash expecting: *SHA1(SHA1(your_password))',
    );
  }
  const silent = given.sql_log_bin ? [] : ['SET SQL_LOG_BIN = 0'];
  const statement = (summary: string, lines: readonly string[]) => sqlChange(summary, given, [...silent, ...lines]);
  if (given.state === 'absent') {
    const changes = accounts.map(({ host }) =>
      statement(`drop the account ${user}@${host}`, [`DROP USER ${accountOf(user, host)}`]),
    );
    return { changes, result: { user, msg: changes.length > 0 ? 'User deleted' : "User doesn't exist" } };
  }
  const named = given.priv === null ? undefined : wantedGrants(privText(given.priv));
  const wanted = named && plainColumns(named, given);
  if (given.priv !== null && !wanted)
    return fail(`priv '${privText(given.priv)}' is not of the form db.table:PRIVILEGES`);
  if (accounts.length > 0) return planPresent(given, accounts, wanted, statement);
  if (given.host_all) return fail('host_all parameter cannot be used when adding a user');
  const account = accountOf(user, given.host.toLowerCase());
  const lines = [
    `CREATE USER ${account}${identified(given)}${given.tls_requires === null ? '' : requireClause(given.tls_requires)}`,
    ...grantLines(given, account, wanted),
  ];
  return {
    changes: [statement(`create the account ${user}@${given.host}`, lines)],
    result: { user, msg: 'User added', password_changed: given.password !== null || given.plugin !== null },
  };
}

function grantLines({ subtract_privs: subtract }: UserArgs, account: string, wanted: Grants | undefined): string[] {
  if (!wanted || subtract) return [];
  return compareGrants(new Map(), wanted, { mode: 'append', isRoot: false }).flatMap((each) =>
    grantStatements(each, account),
  );
}

function planPresent(
  given: UserArgs,
  accounts: readonly Account[],
  wanted: Grants | undefined,
  statement: (summary: string, lines: readonly string[]) => Change,
): Plan {
  const { name: user } = given;
  const mode = given.append_privs ? 'append' : given.subtract_privs ? 'subtract' : 'exactly';
  let passwordChanged = false;
  const changes = accounts.flatMap((found): Change[] => {
    const account = accountOf(user, found.host);
    const own: Change[] = [];
    if (given.update_password === 'always' && !isIdentified(given, found)) {
      passwordChanged = true;
      own.push(statement(`change how ${user}@${found.host} logs in`, [`ALTER USER ${account}${identified(given)}`]));
    }
    if (!meetsTls(given.tls_requires, found.tls)) {
      const line = `ALTER USER ${account}${requireClause(given.tls_requires)}`;
      own.push(statement(`change what connections of ${user}@${found.host} must have`, [line]));
    }
    const grants = wanted ? compareGrants(found.grants, wanted, { mode, isRoot: user === 'root' }) : [];
    if (grants.length > 0) {
      const lines = grants.flatMap((each) => grantStatements(each, account));
      own.push(statement(`change privileges of ${user}@${found.host}: ${lines.join('; ')}`, lines));
    }
    return own;
  });
  const msg = changes.length === 0 ? 'User unchanged' : passwordChanged ? 'Password updated' : 'Privileges updated';
  return { changes, result: { user, msg, password_changed: passwordChanged } };
}

/** Columns in capitals, unless their case counts: the server takes them in any. */
function plainColumns(grants: Grants, { column_case_sensitive: sensitive }: UserArgs): Grants {
  if (sensitive) return grants;
  return new Map([...grants].map(([on, privileges]) => [on, privileges.map((each) => each.toUpperCase())]));
}

function privText(priv: Value): string {
  if (!(priv instanceof Map)) return pyStr(priv);
  return [...priv].map(([on, privileges]) => `${pyStr(on)}:${pyStr(privileges)}`).join('/');
}

/** Whether it logs in as it should already. A password that the server keeps salted cannot be compared. */
function isIdentified(given: UserArgs, { plugin, hash }: Account): boolean {
  if (given.plugin !== null) {
    const secret = given.plugin_hash_string ?? given.plugin_auth_string;
    return plugin === given.plugin && (secret === null || secret === hash);
  }
  if (!given.password) return true;
  return hash.toUpperCase() === hashOf(given).toUpperCase();
}

function hashOf({ password, encrypted }: UserArgs): string {
  if (encrypted) return password ?? '';
  const once = createHash('sha1')
    .update(password ?? '')
    .digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

function identified(given: UserArgs): string {
  if (given.plugin !== null) {
    const plugin = ` IDENTIFIED WITH ${text(given.plugin)}`;
    if (given.plugin_hash_string !== null) return `${plugin} AS ${text(given.plugin_hash_string)}`;
    return given.plugin_auth_string === null ? plugin : `${plugin} BY ${text(given.plugin_auth_string)}`;
  }
  if (!given.password) return '';
  // MariaDB and MySQL both know this one; a hash needs its plugin's name on MySQL.
  return given.encrypted
    ? ` IDENTIFIED WITH mysql_native_password AS ${text(given.password)}`
    : ` IDENTIFIED BY ${text(given.password)}`;
}
