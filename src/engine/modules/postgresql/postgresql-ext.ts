import type { HostView } from '../../remote/types.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, textOf } from '../run-change.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { ask, loginArgs, name, sqlChange, text } from './client.ts';

const args = {
  ...loginArgs,
  name: { type: 'str', required: true, aliases: ['ext'], doc: 'The extension.' },
  db: { type: 'str', required: true, aliases: ['login_db'], doc: 'Database that gets it.' },
  schema: { type: 'str', doc: 'Schema for its objects.' },
  version: { type: 'str', doc: 'Version to have; `latest` for what the host offers.' },
  cascade: { type: 'bool', default: false, doc: 'With what it needs, or what needs it.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
} as const satisfies Record<string, ArgSpec>;

type ExtArgs = ArgsOf<typeof args>;

interface ExtState {
  readonly problem: string | undefined;
  readonly installed: string | undefined;
  readonly schema: string | undefined;
  /** Undefined if the host does not offer it. */
  readonly offered: string | undefined;
}

export const postgresqlExt = defineModule({
  name: 'postgresql_ext',
  collection: 'community.postgresql',
  summary: 'Manage extensions in a database of PostgreSQL',
  args,
  inspect: inspectExtension,
  plan: planExtension,
  report(given, before, outcomes) {
    const failure = failedChange(planExtension(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: `- community.postgresql.postgresql_ext: {name: pg_trgm, db: shop}
  become: true
  become_user: postgres`,
});

async function inspectExtension(host: HostView, given: ExtArgs): Promise<ExtState> {
  const { problem, rows } = await ask(
    host,
    given,
    given.db,
    `SELECT a.default_version AS offered, e.extversion AS installed, n.nspname AS schema
FROM pg_available_extensions a LEFT JOIN pg_extension e ON e.extname = a.name LEFT JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE a.name = ${text(given.name)}`,
  );
  const said = (column: string) => (rows[0]?.[column] ?? undefined) as string | undefined;
  return { problem, installed: said('installed'), schema: said('schema'), offered: said('offered') };
}

function planExtension(given: ExtArgs, state: ExtState): Plan {
  const { name: extension, db } = given;
  const result = { db, ext: extension };
  const { problem, installed, offered } = state;
  if (problem !== undefined) return { changes: [], failed: problem, result };
  const change = (summary: string, statement: string) =>
    sqlChange(`${summary} ${extension} of ${db}`, given, db, [statement]);
  const cascade = given.cascade ? ' CASCADE' : '';
  if (given.state === 'absent') {
    const drop = `DROP EXTENSION ${name(extension)}${cascade}`;
    return { changes: installed === undefined ? [] : [change('drop the extension', drop)], result };
  }
  if (offered === undefined) {
    return { changes: [], failed: `Extension ${extension} is not available: its package is not installed`, result };
  }
  const wanted = given.version === 'latest' ? offered : given.version;
  if (installed === undefined) {
    const schema = given.schema === null ? '' : ` WITH SCHEMA ${name(given.schema)}`;
    const version = wanted === null ? '' : ` VERSION ${text(wanted)}`;
    return {
      changes: [change('create the extension', `CREATE EXTENSION ${name(extension)}${schema}${version}${cascade}`)],
      result,
    };
  }
  const changes = [];
  if (wanted !== null && wanted !== installed)
    changes.push(change('update the extension', `ALTER EXTENSION ${name(extension)} UPDATE TO ${text(wanted)}`));
  if (given.schema !== null && given.schema !== state.schema)
    changes.push(change('move the extension', `ALTER EXTENSION ${name(extension)} SET SCHEMA ${name(given.schema)}`));
  return { changes, result };
}
