import { describe, expect, test } from '@jest/globals';
import { rowsOf, text } from '../../../../src/engine/modules/mysql/client.ts';
import {
  compareGrants,
  grantStatements,
  readGrants,
  wantedGrants,
} from '../../../../src/engine/modules/mysql/grants.ts';
import { mysqlDb } from '../../../../src/engine/modules/mysql/mysql-db.ts';
import { mysqlUser } from '../../../../src/engine/modules/mysql/mysql-user.ts';
import { meetsTls, requireClause, type TlsColumns } from '../../../../src/engine/modules/mysql/tls.ts';
import { completed, type FakeHost, planOf } from '../support.ts';

type Args = Parameters<typeof planOf>[1];

const summaries = async (module: typeof mysqlDb | typeof mysqlUser, args: Args, host: FakeHost) => {
  const { plan } = await planOf(module as never, args, host);
  return plan.failed === undefined ? plan.changes.map(({ summary }) => summary) : `failed: ${plan.failed}`;
};

/** What the client reads from standard input for each change. */
const inputs = async (module: typeof mysqlDb | typeof mysqlUser, args: Args, host: FakeHost) => {
  const { plan } = await planOf(module as never, args, host);
  return plan.changes.map((change) => (change.kind === 'run' ? String(change.stdin) : ''));
};

describe('texts and rows', () => {
  test.each([
    ['a', "'a'"],
    ["it's", "'it''s'"],
    ["\\'; DROP", "'\\\\''; DROP'"],
  ])('%s', (value, sql) => expect(text(value)).toBe(sql));

  test('answers of the client', () => {
    expect(rowsOf(completed(0, 'a\tNULL\nb\\tc\\\\n\t\n'))).toEqual([
      ['a', null],
      ['b\tc\\n', ''],
    ]);
  });
});

describe('mysql_db', () => {
  const host: FakeHost = { answers: [[/'mysql'/, 'mysql\nshop\n']] };
  test.each<[Args, string[] | string]>([
    [{ name: 'shop' }, []],
    [{ name: ['shop', ' new '] }, ['create the database new']],
    [{ name: 'shop', state: 'absent' }, ['drop the database shop']],
    [{ name: 'new', state: 'absent' }, []],
    [{ name: 'shop', state: 'dump', target: '/d.sql' }, ['dump shop to /d.sql']],
    [{ name: 'new', state: 'dump', target: '/d.sql' }, "failed: Cannot dump database(s) 'new' - not found"],
    [{ name: 'all', state: 'dump', target: '/d.sql.gz' }, ['dump all databases to /d.sql.gz']],
    [{ name: 'new', state: 'import', target: '/d.sql' }, ['create the database new', 'import /d.sql']],
    [{ name: 'all' }, "failed: name is not allowed to equal 'all' unless state equals import, or dump."],
  ])('%j', async (args, expected) => expect(await summaries(mysqlDb, args, host)).toEqual(expected));

  test('a password is on standard input alone', async () => {
    const { plan, changes } = await planOf(
      mysqlDb,
      { name: 'a`b', encoding: 'utf8', login_user: 'root', login_password: 'p w' },
      host,
    );
    expect(changes.join()).not.toContain('p w');
    expect(plan.changes.map((change) => change.kind === 'run' && String(change.stdin))).toEqual([
      "p w\nSET SESSION sql_mode = '';\nCREATE DATABASE `a``b` CHARACTER SET = 'utf8';\n",
    ]);
  });
});

describe('grants', () => {
  const has = readGrants([
    "GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*X'",
    'GRANT SELECT, INSERT (`b`, a) ON `shop`.* TO `u`@`%` WITH GRANT OPTION',
    'GRANT `role` TO `u`@`%`',
  ]);
  test('are read from both sides', () => {
    expect([...has]).toEqual([
      ['*.*', ['USAGE']],
      ['`shop`.*', ['SELECT', 'INSERT (`a`, `b`)', 'GRANT']],
    ]);
    expect([...wantedGrants('shop.*:select,Insert(b,a)/x.`y`:ALL PRIVILEGES/FUNCTION a.f:EXECUTE')!]).toEqual([
      ['`shop`.*', ['SELECT', 'INSERT (`a`, `b`)']],
      ['`x`.`y`', ['ALL']],
      ['FUNCTION `a`.`f`', ['EXECUTE']],
    ]);
    expect(wantedGrants('shop.*')).toBeUndefined();
  });
  test.each([
    ['shop.*:SELECT,INSERT (a,b),GRANT', 'exactly', []],
    [
      'shop.*:SELECT',
      'exactly',
      ['REVOKE INSERT (`a`, `b`) ON `shop`.* FROM x', 'REVOKE GRANT OPTION ON `shop`.* FROM x'],
    ],
    ['shop.*:ALL,GRANT', 'exactly', ['GRANT ALL ON `shop`.* TO x']],
    ['shop.*:UPDATE', 'append', ['GRANT UPDATE ON `shop`.* TO x']],
    ['shop.*:SELECT,DELETE', 'subtract', ['REVOKE SELECT ON `shop`.* FROM x']],
    ['*.*:USAGE', 'append', []],
  ] as const)('%s %s', (wanted, mode, statements) => {
    const changes = compareGrants(has, wantedGrants(wanted)!, { mode, isRoot: false });
    expect(changes.flatMap((change) => grantStatements(change, 'x'))).toEqual(statements);
  });
});

describe('mysql_user', () => {
  const there: FakeHost = {
    answers: [[/'mysql'/, 'localhost\tmysql_native_password\t*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4\n']],
  };
  const none: FakeHost = { answers: [[/'mysql'/, '']] };
  test.each<[Args, FakeHost, string[] | string]>([
    [{ name: 'u', state: 'absent' }, none, []],
    [{ name: 'u', state: 'absent' }, there, ['drop the account u@localhost']],
    [{ name: 'u', password: 'mypass' }, there, []],
    [{ name: 'u', password: 'other' }, there, ['change how u@localhost logs in']],
    [{ name: 'u', password: 'other', update_password: 'on_create' }, there, []],
    [{ name: 'u', plugin: 'unix_socket' }, there, ['change how u@localhost logs in']],
    [
      { name: 'u', password: 'x', encrypted: true },
      none,
      'failed: encrypted was specified however it does not appear to be a valid hash expecting: *SHA1(SHA1(your_password))',
    ],
    [
      { name: 'u', priv: 'a.*:ALL' },
      there,
      ["change privileges of u@localhost: GRANT ALL ON `a`.* TO 'u'@'localhost'"],
    ],
    [
      { name: 'u', tls_requires: new Map([['SSL', null]]) },
      there,
      ['change what connections of u@localhost must have'],
    ],
    [{ name: 'u', tls_requires: new Map([['SSL', null]]) }, { answers: [[/'mysql'/, 'localhost\tp\t*x\tANY\n']] }, []],
    [{ name: 'u', host_all: true }, none, 'failed: host_all parameter cannot be used when adding a user'],
    [
      { name: 'u' },
      { answers: [[/'mysql'/, 127]] },
      'failed: The program mysql is needed on the host; install the client of MySQL or MariaDB',
    ],
  ])('%j', async (args, host, expected) => expect(await summaries(mysqlUser, args, host)).toEqual(expected));

  test('a new account', async () => {
    const priv = new Map([['a.*', 'SELECT,GRANT']]);
    expect(await inputs(mysqlUser, { name: "u'x", password: 'p', host: '%', priv }, none)).toEqual([
      "SET SESSION sql_mode = '';\nCREATE USER 'u''x'@'%' IDENTIFIED BY 'p';\nGRANT SELECT ON `a`.* TO 'u''x'@'%' WITH GRANT OPTION;\n",
    ]);
  });
});

test.each<[Map<string, string | null> | null, string, Partial<TlsColumns>, boolean]>([
  [null, ' REQUIRE NONE', {}, true],
  [null, ' REQUIRE NONE', { type: 'ANY' }, false],
  [new Map([['x509', null]]), ' REQUIRE X509', { type: 'X509' }, true],
  [new Map([['SUBJECT', "/CN='x"]]), " REQUIRE SUBJECT '/CN=''x'", { type: 'SPECIFIED', subject: "/CN='x" }, true],
  [
    new Map([
      ['SUBJECT', 'a'],
      ['CIPHER', 'c'],
    ]),
    " REQUIRE SUBJECT 'a' AND CIPHER 'c'",
    { type: 'SPECIFIED', subject: 'a' },
    false,
  ],
])('TLS %p', (wanted, clause, columns, met) => {
  expect(requireClause(wanted)).toBe(clause);
  expect(meetsTls(wanted, { type: '', cipher: '', issuer: '', subject: '', ...columns })).toBe(met);
});
