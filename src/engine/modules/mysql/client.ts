import type { Change } from '../../model/change.ts';
import type { Completed, Script } from '../../model/script.ts';
import { join, sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import type { ArgsOf } from '../define.ts';
import { runChange } from '../run-change.ts';
import type { ArgSpec } from '../types.ts';

/** How to reach the server, which all modules of MySQL and MariaDB take. */
export const loginArgs = {
  login_user: { type: 'str', doc: 'User to connect as; by default what the file or the client says.' },
  login_password: { type: 'str', noLog: true, doc: 'Password to connect with.' },
  login_host: { type: 'str', default: 'localhost', doc: 'Host of the server.' },
  login_port: { type: 'int', default: 3306, doc: 'Port of the server.' },
  login_unix_socket: { type: 'str', doc: 'Socket of the server, instead of host and port.' },
  connect_timeout: { type: 'int', default: 30, doc: 'Seconds until a connection is given up.' },
  config_file: { type: 'path', default: '~/.my.cnf', doc: 'File of options for the client; used if it is there.' },
  ca_cert: { type: 'path', aliases: ['ssl_ca'], doc: "Certificate of the server's authority." },
  client_cert: { type: 'path', aliases: ['ssl_cert'], doc: 'Certificate of the client.' },
  client_key: { type: 'path', aliases: ['ssl_key'], doc: "Key of the client's certificate." },
  check_hostname: { type: 'bool', doc: "Whether the server's certificate must be for its host." },
} as const satisfies Record<string, ArgSpec>;

export type Login = ArgsOf<typeof loginArgs>;

/** Options of the client programs. The password is none of them: all users can read a command line. */
export function loginOptions(login: Login): string[] {
  const { login_user: user, login_host: host, login_port: port, login_unix_socket: socket } = login;
  return [
    ...(user === null ? [] : [`--user=${user}`]),
    ...(socket !== null ? [`--socket=${socket}`] : [`--host=${host}`, ...(isLocal(host) ? [] : [`--port=${port}`])]),
    ...(login.ca_cert === null ? [] : [`--ssl-ca=${login.ca_cert}`]),
    ...(login.client_cert === null ? [] : [`--ssl-cert=${login.client_cert}`]),
    ...(login.client_key === null ? [] : [`--ssl-key=${login.client_key}`]),
    ...(login.check_hostname ? ['--ssl-verify-server-cert'] : []),
  ];
}

/** `localhost` is the socket to the client, as to the server's own tools. */
function isLocal(host: string): boolean {
  return host === 'localhost';
}

/**
 * A client program (`mysql`, `mysqldump`) with its login. The first line of standard input is the password, if there is
 * one; what follows is the program's own.
 */
export function client(program: string, login: Login, options: readonly string[]): Script {
  const password = login.login_password === null ? sh`:` : sh`IFS= read -r MYSQL_PWD; export MYSQL_PWD`;
  const file = login.config_file;
  return join([
    password,
    sh`set --; [ ! -f ${file} ] || set -- ${`--defaults-extra-file=${file}`}`,
    sh`${program} "$@" ${loginOptions(login)} ${options}`,
  ]);
}

/** Standard input for `client`. */
export function input(login: Login, text = ''): Buffer {
  return Buffer.from(login.login_password === null ? text : `${login.login_password}\n${text}`);
}

// Backslashes in texts mean the same on every server then.
const SAME_EVERYWHERE = "SET SESSION sql_mode = '';\n";

function sqlOptions(login: Login): string[] {
  return ['--batch', '--skip-column-names', `--connect-timeout=${login.connect_timeout}`];
}

/** What a host's server answers to statements that only look. */
export async function ask(host: HostView, login: Login, sql: string): Promise<Completed> {
  return host.query(client('mysql', login, sqlOptions(login)), { stdin: input(login, SAME_EVERYWHERE + sql) });
}

/** A change by statements. They may hold secrets, so the summary says what they do. */
export function sqlChange(summary: string, login: Login, statements: readonly string[]): Change {
  const sql = statements.map((statement) => `${statement};\n`).join('');
  return runChange(summary, client('mysql', login, sqlOptions(login)), {
    stdin: input(login, SAME_EVERYWHERE + sql),
  });
}

/** A text of SQL. */
export function text(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "''").replace(/\0/g, '\\0')}'`;
}

/** A name of SQL. */
export function name(value: string): string {
  return `\`${value.replaceAll('`', '``')}\``;
}

/** Rows of the client's answer: NULL is null. */
export function rowsOf({ stdout }: Completed): (string | null)[][] {
  const lines = stdout.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split('\t').map((cell) => (cell === 'NULL' ? null : unescaped(cell))));
}

function unescaped(cell: string): string {
  return cell.replace(/\\([nt0\\])/g, (_, letter: string) => ({ n: '\n', t: '\t', '0': '\0' })[letter] ?? letter);
}

/** Why the server could not be asked; undefined if it could. */
export function connectProblem({ rc, stderr }: Completed, { config_file: file }: Login): string | undefined {
  if (rc === 0) return undefined;
  const said = stderr.toString('utf8').trim();
  if (rc === 127) return 'The program mysql is needed on the host; install the client of MySQL or MariaDB';
  return `unable to connect to database, check login_user and login_password are correct or ${file} has the credentials. Exception message: ${said}`;
}
