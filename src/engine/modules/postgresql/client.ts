import type { Change } from '../../model/change.ts';
import type { Completed, Script } from '../../model/script.ts';
import { join, sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import type { ArgsOf } from '../define.ts';
import { runChange } from '../run-change.ts';
import type { ArgSpec } from '../types.ts';

/** How to reach the server, which all modules of PostgreSQL take. */
export const loginArgs = {
  login_user: { type: 'str', default: 'postgres', aliases: ['login'], doc: 'Role to connect as.' },
  login_password: { type: 'str', noLog: true, default: '', doc: 'Password to connect with.' },
  login_host: { type: 'str', default: '', aliases: ['host'], doc: 'Host of the server; by default its socket.' },
  login_unix_socket: { type: 'str', default: '', aliases: ['unix_socket'], doc: "Folder of the server's socket." },
  login_port: { type: 'int', default: 5432, aliases: ['port'], doc: 'Port of the server.' },
  ssl_mode: {
    type: 'str',
    choices: ['allow', 'disable', 'prefer', 'require', 'verify-ca', 'verify-full'],
    default: 'prefer',
    doc: 'Whether the connection is encrypted.',
  },
  ca_cert: { type: 'str', aliases: ['ssl_rootcert'], doc: "Certificate of the server's authority." },
  session_role: { type: 'str', doc: 'Role to take on once connected.' },
  trust_input: { type: 'bool', default: true, doc: 'Taken for compatibility: every value is quoted.' },
} as const satisfies Record<string, ArgSpec>;

export type Login = ArgsOf<typeof loginArgs>;

/**
 * A client program (`psql`, `pg_dump`) with its login. The first line of standard input is the password, if there is
 * one: all users can read a command line. What follows is the program's own.
 */
export function client(program: string, login: Login, options: readonly string[]): Script {
  const host = login.login_unix_socket || login.login_host;
  const settings = [
    ...(host === '' ? [] : [`--host=${host}`]),
    `--port=${login.login_port}`,
    `--username=${login.login_user}`,
    '--no-password',
  ];
  return join([
    login.login_password === '' ? sh`:` : sh`IFS= read -r PGPASSWORD; export PGPASSWORD`,
    sh`PGSSLMODE=${login.ssl_mode}; export PGSSLMODE`,
    login.ca_cert === null ? sh`:` : sh`PGSSLROOTCERT=${login.ca_cert}; export PGSSLROOTCERT`,
    sh`cd / && ${program} ${settings} ${options}`,
  ]);
}

/** Standard input for `client`. */
export function input(login: Login, text = ''): Buffer {
  return Buffer.from(login.login_password === '' ? text : `${login.login_password}\n${text}`);
}

function psql(login: Login, database: string): Script {
  const plain = ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1'];
  return client('psql', login, [...plain, `--dbname=${database}`]);
}

// Texts are the same whatever the server's defaults are.
function session({ session_role: role }: Login): string {
  return `SET standard_conforming_strings = on;\n${role === null ? '' : `SET ROLE ${name(role)};\n`}`;
}

/** Rows of a query that only looks, each as an object of its columns. */
export async function ask(host: HostView, login: Login, database: string, query: string): Promise<Answer> {
  const sql = `${session(login)}SELECT row_to_json(r) FROM (${query}) r;\n`;
  const done = await host.query(psql(login, database), { stdin: input(login, sql) });
  const problem = connectProblem(done);
  if (problem !== undefined) return { problem, rows: [] };
  const lines = done.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { problem, rows: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

export interface Answer {
  /** Why the server could not be asked. */
  readonly problem: string | undefined;
  readonly rows: readonly Record<string, unknown>[];
}

function connectProblem({ rc, stderr }: Completed): string | undefined {
  if (rc === 0) return undefined;
  if (rc === 127) return 'The program psql is needed on the host; install the client of PostgreSQL';
  return `unable to connect to database: ${stderr.toString('utf8').trim()}`;
}

/** A change by statements. They may hold secrets, so the summary says what they do. */
export function sqlChange(summary: string, login: Login, database: string, statements: readonly string[]): Change {
  const sql = statements.map((statement) => `${statement};\n`).join('');
  return runChange(summary, psql(login, database), { stdin: input(login, session(login) + sql) });
}

/** A text of SQL. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name of SQL. */
export function name(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
