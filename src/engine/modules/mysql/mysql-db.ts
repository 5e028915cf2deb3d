import type { Change } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { splitCommand } from '../commands/shlex.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { ask, client, connectProblem, input, loginArgs, name, rowsOf, sqlChange, text } from './client.ts';

const args = {
  ...loginArgs,
  name: {
    type: 'list',
    elements: 'str',
    required: true,
    aliases: ['db'],
    doc: 'Databases; `all` for dump and import.',
  },
  state: {
    type: 'str',
    choices: ['absent', 'dump', 'import', 'present'],
    default: 'present',
    doc: 'Whether they are there, or that they are written to `target` or read from it.',
  },
  encoding: { type: 'str', default: '', doc: 'Character set of a new database.' },
  collation: { type: 'str', default: '', doc: 'Collation of a new database.' },
  target: { type: 'path', doc: "File of the host's; packed if it ends in .gz, .bz2, .xz or .zst." },
  single_transaction: { type: 'bool', default: false, doc: 'Dump in one transaction.' },
  quick: { type: 'bool', default: true, doc: 'Dump row by row.' },
  ignore_tables: { type: 'list', elements: 'str', default: [], doc: 'Tables to leave out of a dump: `db.table`.' },
  hex_blob: { type: 'bool', default: false, doc: 'Dump binary columns in hexadecimal.' },
  force: { type: 'bool', default: false, doc: 'Go on after errors.' },
  skip_lock_tables: { type: 'bool', default: false, doc: 'Do not lock tables for a dump.' },
  master_data: { type: 'int', choices: [0, 1, 2], default: 0, doc: "Dump the primary's position too." },
  dump_extra_args: { type: 'str', doc: 'More options for a dump.' },
} as const satisfies Record<string, ArgSpec>;

type DbArgs = ArgsOf<typeof args>;

interface DbState {
  readonly problem: string | undefined;
  readonly databases: readonly string[];
}

export const mysqlDb = defineModule({
  name: 'mysql_db',
  collection: 'community.mysql',
  summary: 'Manage databases of MySQL or MariaDB',
  args,
  rules: {
    requiredIf: [
      ['state', 'dump', ['target']],
      ['state', 'import', ['target']],
    ],
  },
  inspect: inspectDatabases,
  plan: planDatabases,
  report(given, before, outcomes) {
    const failure = failedChange(planDatabases(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: '- community.mysql.mysql_db: {name: shop, encoding: utf8mb4, login_unix_socket: /run/mysqld/mysqld.sock}',
});

async function inspectDatabases(host: HostView, given: DbArgs): Promise<DbState> {
  const answer = await ask(host, given, 'SELECT SCHEMA_NAME FROM information_schema.SCHEMATA;\n');
  return { problem: connectProblem(answer, given), databases: rowsOf(answer).map(([each]) => each ?? '') };
}

function planDatabases(given: DbArgs, { problem, databases }: DbState): Plan {
  const names = given.name.map((each) => each.trim());
  const result = { db: names.join(' '), db_list: names };
  const fail = (failed: string): Plan => ({ changes: [], failed, result });
  if (problem !== undefined) return fail(problem);
  const all = names.length === 1 && names[0] === 'all';
  const missing = all ? [] : names.filter((each) => !databases.includes(each));
  switch (given.state) {
    case 'absent': {
      if (all) return fail("name is not allowed to equal 'all' unless state equals import, or dump.");
      const there = names.filter((each) => databases.includes(each));
      const drop = (each: string) => sqlChange(`drop the database ${each}`, given, [`DROP DATABASE ${name(each)}`]);
      return { changes: there.map(drop), result };
    }
    case 'present':
      if (all) return fail("name is not allowed to equal 'all' unless state equals import, or dump.");
      return { changes: missing.map((each) => create(each, given)), result };
    case 'dump':
      if (missing.length > 0) return fail(`Cannot dump database(s) '${missing.join(', ')}' - not found`);
      return { changes: [dump(all ? undefined : names, given)], result };
    case 'import':
      if (names.length > 1) return fail('Multiple databases are not supported with state=import');
      return {
        changes: [...missing.map((each) => create(each, given)), restore(all ? undefined : names[0], given)],
        result,
      };
  }
}

function create(database: string, given: DbArgs): Change {
  const charset = given.encoding === '' ? '' : ` CHARACTER SET = ${text(given.encoding)}`;
  const collation = given.collation === '' ? '' : ` COLLATE = ${text(given.collation)}`;
  return sqlChange(`create the database ${database}`, given, [
    `CREATE DATABASE ${name(database)}${charset}${collation}`,
  ]);
}

const PACKERS: readonly (readonly [ending: string, program: string])[] = [
  ['.gz', 'gzip'],
  ['.bz2', 'bzip2'],
  ['.xz', 'xz'],
  ['.zst', 'zstd'],
];

function packer({ target }: DbArgs): string | undefined {
  return PACKERS.find(([ending]) => target?.endsWith(ending))?.[1];
}

/** Written beside the target first: a dump that fails leaves the older one. */
function dump(names: readonly string[] | undefined, given: DbArgs): Change {
  const options = [
    ...(given.force ? ['--force'] : []),
    ...(given.quick ? ['--quick'] : []),
    ...(given.single_transaction ? ['--single-transaction=true'] : []),
    ...(given.skip_lock_tables ? ['--skip-lock-tables'] : []),
    ...(given.hex_blob ? ['--hex-blob'] : []),
    ...(given.encoding === '' ? [] : [`--default-character-set=${given.encoding}`]),
    ...given.ignore_tables.map((table) => `--ignore-table=${table}`),
    ...(given.master_data === 0 ? [] : [`--master-data=${given.master_data}`]),
    ...(given.dump_extra_args === null ? [] : splitCommand(given.dump_extra_args)),
    ...(names === undefined ? ['--all-databases'] : names.length > 1 ? ['--databases', ...names] : names),
  ];
  const target = given.target ?? '';
  const program = packer(given);
  const pack = program === undefined ? sh`:` : sh`${program} -c <"$t" >"$t.z" && mv -f "$t.z" "$t"`;
  const script = sh`umask 077; t=${`${target}.`}$$.part; trap 'rm -f "$t" "$t.z"' EXIT
( ${client('mysqldump', given, options)} ) >"$t" && ${pack} && mv -f "$t" ${target}`;
  return runChange(`dump ${names?.join(' ') ?? 'all databases'} to ${target}`, script, { stdin: input(given) });
}

function restore(database: string | undefined, given: DbArgs): Change {
  const options = [
    ...(given.force ? ['--force'] : []),
    ...(given.encoding === '' ? [] : [`--default-character-set=${given.encoding}`]),
    ...(database === undefined ? [] : [`--database=${database}`]),
  ];
  const target = given.target ?? '';
  const program = packer(given);
  const unpack = program === undefined ? sh`cat` : sh`${program} -dc`;
  // The password comes first: the client's script reads it before the program takes the dump as its input.
  const script = sh`[ -f ${target} ] || { echo ${`target ${target} does not exist on the host`} >&2; exit 1; }
{ cat; ${unpack} <${target}; } | { ${client('mysql', given, options)}; }`;
  return runChange(`import ${target}`, script, { stdin: input(given) });
}
