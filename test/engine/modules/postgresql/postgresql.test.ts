import { describe, expect, test } from '@jest/globals';
import { isPassword } from '../../../../src/engine/modules/postgresql/password.ts';
import { postgresqlDb } from '../../../../src/engine/modules/postgresql/postgresql-db.ts';
import { postgresqlExt } from '../../../../src/engine/modules/postgresql/postgresql-ext.ts';
import { postgresqlUser } from '../../../../src/engine/modules/postgresql/postgresql-user.ts';
import { type FakeHost, planOf } from '../support.ts';

type Args = Parameters<typeof planOf>[1];
type Module = Parameters<typeof planOf>[0];

const answering = (row: object | undefined): FakeHost => ({
  answers: [[/'psql'/, row === undefined ? '' : `${JSON.stringify(row)}\n`]],
});

/** What psql is told for each change, without what every session begins with; or the failure. */
async function statements(module: unknown, args: Args, host: FakeHost): Promise<string[] | string> {
  const { plan } = await planOf(module as Module, args, host);
  if (plan.failed !== undefined) return `failed: ${plan.failed}`;
  return plan.changes.map((change) =>
    change.kind === 'run'
      ? String(change.stdin).replace('SET standard_conforming_strings = on;\n', '') || change.summary
      : '',
  );
}

describe('postgresql_db', () => {
  const shop = { name: 'shop', owner: 'ann', encoding: 'UTF8', lc_collate: 'C', lc_ctype: 'C', conn_limit: '-1' };
  test.each<[Args, object | undefined, string[] | string]>([
    [{ name: 'shop' }, shop, []],
    [{ name: 'shop', encoding: 'utf-8', owner: 'ann', conn_limit: -1 }, shop, []],
    [{ name: 'shop', owner: 'b"b' }, shop, ['ALTER DATABASE "shop" OWNER TO "b""b";\n']],
    [{ name: 'shop', lc_ctype: 'de' }, shop, 'failed: Changing LC_CTYPE is not supported. Current LC_CTYPE: C'],
    [{ name: 'new', encoding: "l'1", owner: 'o' }, undefined, [`CREATE DATABASE "new" OWNER "o" ENCODING 'l''1';\n`]],
    [{ name: 'shop', state: 'absent', force: true }, shop, ['DROP DATABASE "shop" WITH (FORCE);\n']],
    [{ name: 'new', state: 'absent' }, undefined, []],
    [{ name: 'new', state: 'dump', target: '/d.sql' }, undefined, 'failed: database "new" does not exist'],
    [{ name: 'shop', state: 'dump', target: '/d.sql' }, shop, ['dump shop to /d.sql']],
    [{ name: 'shop', state: 'restore', target: '/d.pgc' }, shop, ['restore shop from /d.pgc']],
    [{ name: 'shop', state: 'rename', target: 'b' }, shop, ['ALTER DATABASE "shop" RENAME TO "b";\n']],
    [{ name: 'shop', state: 'rename', target: 'b' }, { name: 'b' }, []],
    [
      { name: 'shop', state: 'rename', target: 'b' },
      undefined,
      'failed: The source and the target databases do not exist.',
    ],
  ])('%j where %j', async (args, row, expected) => {
    expect(await statements(postgresqlDb, args, answering(row))).toEqual(expected);
  });

  test('a password is on standard input alone', async () => {
    const host = answering(undefined);
    const { plan, changes } = await planOf(postgresqlDb, { name: 'x', login_password: 'p w', session_role: 'r' }, host);
    expect(changes.join()).not.toContain('p w');
    expect(plan.changes.map((change) => change.kind === 'run' && String(change.stdin))).toEqual([
      'p w\nSET standard_conforming_strings = on;\nSET ROLE "r";\nCREATE DATABASE "x";\n',
    ]);
  });
});

describe('postgresql_user', () => {
  const ann = {
    rolcreatedb: true,
    rolsuper: false,
    rolconnlimit: 5,
    password: 'md591e6b76cf7af8dac051b731e90a90efb',
    until_fits: false,
    comment: null,
  };
  test.each<[Args, object | undefined, string[] | string]>([
    [{ name: 'ann' }, ann, []],
    [{ name: 'ann', password: 'pw', role_attr_flags: 'CREATEDB,NOSUPERUSER', conn_limit: 5 }, ann, []],
    [
      { name: 'ann', password: "n'w", role_attr_flags: 'NOCREATEDB' },
      ann,
      [`ALTER USER "ann" PASSWORD 'n''w' NOCREATEDB;\n`],
    ],
    [{ name: 'ann', password: 'new', no_password_changes: true }, ann, []],
    [
      { name: 'ann', expires: 'infinity', comment: 'c' },
      ann,
      [`ALTER USER "ann" VALID UNTIL 'infinity';\nCOMMENT ON ROLE "ann" IS 'c';\n`],
    ],
    [
      { name: 'new', password: 'p', role_attr_flags: 'superuser' },
      undefined,
      [`CREATE USER "new" PASSWORD 'p' SUPERUSER;\n`],
    ],
    [{ name: 'ann', state: 'absent' }, ann, ['DROP ROLE "ann";\n']],
    [{ name: 'new', state: 'absent' }, undefined, []],
    [{ name: 'ann', role_attr_flags: 'FLY; DROP' }, ann, 'failed: Invalid role_attr_flags specified: FLY; DROP'],
  ])('%j where %j', async (args, row, expected) => {
    expect(await statements(postgresqlUser, args, answering(row))).toEqual(expected);
  });

  test.each([
    ['pencil', 'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:x', true],
    ['pen', 'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:x', false],
    ['md5abc', 'md5abc', true],
    ['', null, true],
    ['x', null, false],
  ])('the password %s is %s: %s', (password, kept, same) => {
    expect(isPassword(password, 'u', kept)).toBe(same);
  });
});

describe('postgresql_ext', () => {
  const args = { name: 'x', db: 'd' };
  test.each<[Args, object | undefined, string[] | string]>([
    [args, { offered: '1.2', installed: null }, ['CREATE EXTENSION "x";\n']],
    [args, { offered: '1.2', installed: '1.1', schema: 's' }, []],
    [{ ...args, version: 'latest' }, { offered: '1.2', installed: '1.1' }, [`ALTER EXTENSION "x" UPDATE TO '1.2';\n`]],
    [
      { ...args, schema: 't' },
      { offered: '1.2', installed: '1.2', schema: 's' },
      ['ALTER EXTENSION "x" SET SCHEMA "t";\n'],
    ],
    [
      { ...args, state: 'absent', cascade: true },
      { offered: '1.2', installed: '1.2' },
      ['DROP EXTENSION "x" CASCADE;\n'],
    ],
    [args, undefined, 'failed: Extension x is not available: its package is not installed'],
  ])('%j where %j', async (given, row, expected) => {
    expect(await statements(postgresqlExt, given, answering(row))).toEqual(expected);
  });
});
