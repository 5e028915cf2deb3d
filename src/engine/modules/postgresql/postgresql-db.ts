import type { Change } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { splitCommand } from '../commands/shlex.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { ask, client, input, loginArgs, name, sqlChange, text } from './client.ts';

const args = {
  ...loginArgs,
  name: { type: 'str', required: true, aliases: ['db'], doc: 'The database.' },
  owner: { type: 'str', default: '', doc: 'Role that owns it.' },
  template: { type: 'str', default: '', doc: 'Database that a new one is made of.' },
  encoding: { type: 'str', default: '', doc: 'Encoding of a new one: `UTF-8`.' },
  lc_collate: { type: 'str', default: '', doc: 'Locale by which texts of a new one are sorted.' },
  lc_ctype: { type: 'str', default: '', doc: 'Locale of the letters of a new one.' },
  conn_limit: { type: 'str', default: '', doc: 'How many connections it may have; -1 for any number.' },
  tablespace: { type: 'path', default: '', doc: 'Tablespace where it lies.' },
  maintenance_db: { type: 'str', default: 'postgres', doc: 'Database to connect to meanwhile.' },
  state: {
    type: 'str',
    choices: ['absent', 'dump', 'present', 'rename', 'restore'],
    default: 'present',
    doc: 'Whether it is there, or that it is written to `target`, read from it or named so.',
  },
  target: {
    type: 'path',
    default: '',
    doc: "File of the host's, packed if it ends in .gz, .bz2 or .xz; or the new name.",
  },
  target_opts: { type: 'str', default: '', doc: 'More options for pg_dump, pg_restore or psql.' },
  dump_extra_args: { type: 'str', doc: 'More options for pg_dump.' },
  force: { type: 'bool', default: false, doc: 'End connections to a database that is dropped.' },
} as const satisfies Record<string, ArgSpec>;

type DbArgs = ArgsOf<typeof args>;

interface DbState {
  readonly problem: string | undefined;
  readonly found: Record<string, unknown> | undefined;
  readonly targetTaken: boolean;
}

export const postgresqlDb = defineModule({
  name: 'postgresql_db',
  collection: 'community.postgresql',
  summary: 'Manage databases of PostgreSQL',
  args,
  inspect: inspectDatabase,
  plan: planDatabase,
  report(given, before, outcomes) {
    const failure = failedChange(planDatabase(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: `- community.postgresql.postgresql_db: {name: shop, owner: shop, encoding: UTF-8, template: template0}
  become: true
  become_user: postgres`,
});

async function inspectDatabase(host: HostView, given: DbArgs): Promise<DbState> {
  const { problem, rows } = await ask(
    host,
    given,
    given.maintenance_db,
    `SELECT d.datname AS name, pg_get_userbyid(d.datdba) AS owner, pg_encoding_to_char(d.encoding) AS encoding,
d.datcollate AS lc_collate, d.datctype AS lc_ctype, d.datconnlimit::text AS conn_limit, t.spcname AS tablespace
FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
WHERE d.datname IN (${text(given.name)}, ${text(given.target)})`,
  );
  return {
    problem,
    found: rows.find((row) => row['name'] === given.name),
    targetTaken: given.target !== '' && rows.some((row) => row['name'] === given.target),
  };
}

function planDatabase(given: DbArgs, state: DbState): Plan {
  const { name: database } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed, result: { db: database } });
  const plan = (changes: readonly Change[]): Plan => ({ changes, result: { db: database } });
  if (state.problem !== undefined) return fail(state.problem);
  switch (given.state) {
    case 'absent':
      return plan(state.found ? [drop(given)] : []);
    case 'rename':
      return planRename(given, state);
    case 'dump':
      return state.found ? plan([dump(given)]) : fail(`database "${database}" does not exist`);
    case 'restore':
      return plan([restore(given)]);
    case 'present':
      return state.found ? planPresent(given, state.found) : plan([create(given)]);
  }
}

function change(summary: string, given: DbArgs, statements: readonly string[]): Change {
  return sqlChange(summary, given, given.maintenance_db, statements);
}

function drop(given: DbArgs): Change {
  const force = given.force ? ' WITH (FORCE)' : '';
  return change(`drop the database ${given.name}`, given, [`DROP DATABASE ${name(given.name)}${force}`]);
}

function create(given: DbArgs): Change {
  const parts = [
    `CREATE DATABASE ${name(given.name)}`,
    given.owner === '' ? '' : `OWNER ${name(given.owner)}`,
    given.template === '' ? '' : `TEMPLATE ${name(given.template)}`,
    given.encoding === '' ? '' : `ENCODING ${text(given.encoding)}`,
    given.lc_collate === '' ? '' : `LC_COLLATE ${text(given.lc_collate)}`,
    given.lc_ctype === '' ? '' : `LC_CTYPE ${text(given.lc_ctype)}`,
    given.tablespace === '' ? '' : `TABLESPACE ${name(given.tablespace)}`,
    given.conn_limit === '' ? '' : `CONNECTION LIMIT ${Number(given.conn_limit)}`,
  ];
  return change(`create the database ${given.name}`, given, [parts.filter((part) => part !== '').join(' ')]);
}

function planPresent(given: DbArgs, found: Record<string, unknown>): Plan {
  const fixed = [
    ['Encoding', given.encoding, sameEncoding(given.encoding, String(found['encoding'])), found['encoding']],
    ['LC_COLLATE', given.lc_collate, given.lc_collate === found['lc_collate'], found['lc_collate']],
    ['LC_CTYPE', given.lc_ctype, given.lc_ctype === found['lc_ctype'], found['lc_ctype']],
  ] as const;
  const result = { db: given.name };
  for (const [what, wanted, same, current] of fixed) {
    if (wanted === '' || same) continue;
    return { changes: [], failed: `Changing ${what} is not supported. Current ${what}: ${current}`, result };
  }
  const alter = `ALTER DATABASE ${name(given.name)}`;
  const changes: Change[] = [];
  const set = (what: string, statement: string) =>
    changes.push(change(`change the ${what} of the database ${given.name}`, given, [`${alter} ${statement}`]));
  if (given.owner !== '' && given.owner !== found['owner']) set('owner', `OWNER TO ${name(given.owner)}`);
  if (given.conn_limit !== '' && given.conn_limit !== found['conn_limit'])
    set('connection limit', `CONNECTION LIMIT ${Number(given.conn_limit)}`);
  if (given.tablespace !== '' && given.tablespace !== found['tablespace'])
    set('tablespace', `SET TABLESPACE ${name(given.tablespace)}`);
  return { changes, result };
}

/** `utf-8` is UTF8 to the server. */
function sameEncoding(wanted: string, current: string): boolean {
  const plain = (encoding: string) => encoding.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return plain(wanted) === plain(current) || (plain(wanted) === 'UNICODE' && current === 'UTF8');
}

function planRename(given: DbArgs, { found, targetTaken }: DbState): Plan {
  const { name: database, target } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed, result: { db: database } });
  if (target === '') return fail('The "target" option must be defined when the "rename" option is used.');
  if (target === database) return fail('The "name/db" option and the "target" option cannot be the same.');
  if (given.maintenance_db === database)
    return fail('The "maintenance_db" option and the "name/db" option cannot be the same.');
  if (found && targetTaken) return fail(`Both the source and the target databases exist.`);
  if (!found && !targetTaken) return fail('The source and the target databases do not exist.');
  const statement = `ALTER DATABASE ${name(database)} RENAME TO ${name(target)}`;
  const changes = found ? [change(`rename the database ${database} to ${target}`, given, [statement])] : [];
  return { changes, result: { db: database } };
}

const PACKERS: readonly (readonly [ending: string, program: string])[] = [
  ['.gz', 'gzip'],
  ['.bz2', 'bzip2'],
  ['.xz', 'xz'],
];

/** Written beside the target first: a dump that fails leaves the older one. */
function dump(given: DbArgs): Change {
  const { target } = given;
  const format = /\.(tar|pgc|dir)$/.exec(target)?.[1];
  const options = [
    ...(format === undefined ? [] : [`--format=${{ tar: 't', pgc: 'c', dir: 'd' }[format]}`]),
    ...splitCommand(given.target_opts),
    ...splitCommand(given.dump_extra_args ?? ''),
    `--dbname=${given.name}`,
  ];
  const packer = PACKERS.find(([ending]) => target.endsWith(ending))?.[1];
  const pack = packer === undefined ? sh`:` : sh`${packer} -c <"$t" >"$t.z" && mv -f "$t.z" "$t"`;
  const script =
    format === 'dir'
      ? client('pg_dump', given, [...options, `--file=${target}`])
      : sh`umask 077; t=${`${target}.`}$$.part; trap 'rm -f "$t" "$t.z"' EXIT
( ${client('pg_dump', given, options)} ) >"$t" && ${pack} && mv -f "$t" ${target}`;
  return runChange(`dump ${given.name} to ${target}`, script, { stdin: input(given) });
}

function restore(given: DbArgs): Change {
  const { target } = given;
  const archive = /\.(tar|pgc|dir)$/.test(target);
  const more = splitCommand(given.target_opts);
  const packer = PACKERS.find(([ending]) => target.endsWith(ending))?.[1];
  const unpack = packer === undefined ? sh`cat` : sh`${packer} -dc`;
  const script = archive
    ? client('pg_restore', given, [...more, `--dbname=${given.name}`, target])
    : // The password comes first: the client's script reads it before the program takes the dump as its input.
      sh`{ cat; ${unpack} <${target}; } | { ${client('psql', given, ['--no-psqlrc', '--quiet', ...more, `--dbname=${given.name}`])}; }`;
  return runChange(
    `restore ${given.name} from ${target}`,
    sh`[ -e ${target} ] || { echo ${`target ${target} does not exist on the host`} >&2; exit 1; }
${script}`,
    { stdin: input(given) },
  );
}
