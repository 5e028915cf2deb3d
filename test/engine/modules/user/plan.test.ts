import { describe, expect, test } from '@jest/globals';
import { coerceArgs } from '../../../../src/engine/modules/args/coerce.ts';
import type { UserArgs } from '../../../../src/engine/modules/user/args.ts';
import { readUser } from '../../../../src/engine/modules/user/inspect.ts';
import { passwordWarning } from '../../../../src/engine/modules/user/password.ts';
import { planUser } from '../../../../src/engine/modules/user/plan.ts';
import { user } from '../../../../src/engine/modules/user/user.ts';

const groups = 'root:x:0:\nsudo:x:27:alice\nadm:x:4:\nalice:x:1001:\nusers:x:100:\n';
const hash = '$6$salt$oldhash';

function state(entry: string, shadow = '', flags = 'web01\nhome\n') {
  return readUser([entry, shadow, groups, flags, ''].join('\x1e\n'));
}

const alice = state('alice:x:1001:1001:Alice:/home/alice:/bin/sh\n', `alice:${hash}:19000:0:99999:7:::\n`);
const nobody = state('\n');

function args(given: Record<string, unknown>): UserArgs {
  return coerceArgs(user, new Map(Object.entries({ name: 'alice', ...given })) as never) as unknown as UserArgs;
}

function scripts(given: Record<string, unknown>, host = alice): string[] {
  return planUser(args(given), host).changes.map((change) =>
    change.kind === 'run' ? change.script.text : change.kind,
  );
}

describe('an account that is there', () => {
  const cases: readonly (readonly [string, Record<string, unknown>, string[]])[] = [
    ['as it shall be', { shell: '/bin/sh', groups: ['sudo'], comment: 'Alice', uid: 1001 }, []],
    ['another shell', { shell: '/bin/bash' }, ["usermod '-s' '/bin/bash' -- 'alice'"]],
    ['a group more', { groups: ['adm'], append: true }, ["usermod '-a' '-G' 'adm' -- 'alice'"]],
    ['other groups', { groups: ['adm'] }, ["usermod '-G' 'adm' -- 'alice'"]],
    ['no groups', { groups: [] }, ["usermod '-G' '' -- 'alice'"]],
    ['its primary group among the others', { groups: ['sudo', 'alice'] }, []],
    ['a group by number', { group: '100' }, ["usermod '-g' '100' -- 'alice'"]],
    ['another home', { home: '/srv/alice', move_home: true }, ["usermod '-d' '/srv/alice' '-m' -- 'alice'"]],
    ['locked', { password_lock: true }, ["usermod '-L' -- 'alice'"]],
    ['not locked', { password_lock: false }, []],
    ['an end', { expires: 1893456000 }, ["usermod '-e' '2030-01-01' -- 'alice'"]],
    ['no end, as it is', { expires: -1 }, []],
    ['the same password', { password: hash }, []],
    ['a password for new accounts only', { password: '$6$x$new', update_password: 'on_create' }, []],
    ['days of the password', { password_expire_max: 90, password_expire_min: 0 }, ["chage '-M' '90' -- 'alice'"]],
    ['removed', { state: 'absent', remove: true, force: true }, ["userdel '-f' '-r' -- 'alice'"]],
  ];
  test.each(cases)('%s', (_name, given, expected) => {
    expect(scripts(given)).toEqual(expected);
  });

  test('a password goes over standard input', () => {
    const [change] = planUser(args({ password: '$6$x$new' }), alice).changes;
    expect(change).toMatchObject({
      kind: 'run',
      script: { text: 'chpasswd -e' },
      stdin: Buffer.from('alice:$6$x$new\n'),
    });
  });

  test('a lost home is made again', () => {
    const homeless = state('alice:x:1001:1001:Alice:/home/alice:/bin/sh\n', '', 'web01\n');
    expect(planUser(args({}), homeless).changes.map(({ summary }) => summary)).toEqual([
      'make the home folder of alice',
    ]);
  });

  test('a group that is not there', () => {
    expect(planUser(args({ groups: ['ghosts'] }), alice).failed).toBe('Group ghosts does not exist');
  });
});

describe('an account that is not there', () => {
  test('is made, and can be taken away again', () => {
    const plan = planUser(args({ uid: 1500, groups: ['sudo', 'adm'], system: true, password: '$6$x$y' }), nobody);
    const [change] = plan.changes;
    expect(change).toMatchObject({ kind: 'run', undo: { text: "userdel -r -- 'alice'" } });
    const script = change?.kind === 'run' ? change.script.text : '';
    expect(script).toContain("useradd '-u' '1500' '-N' '-G' 'sudo,adm' '-m' '-r' '--' 'alice' && chpasswd -e");
    expect(script).not.toContain('$6$');
  });

  test('is absent already', () => {
    expect(planUser(args({ state: 'absent' }), nobody).changes).toEqual([]);
  });
});

test.each([
  [null, 0],
  ['*', 0],
  ['$6$salt$CyrdAcktDWrwDhcqfHlMvKdh7nbpy5BMvOrLr6PeqGkJx2gPuFYlvSOo9F4vYmeEEVlXzEjXtHX3tWPkBTSBR.', 0],
  [`$1$salt$${'a'.repeat(22)}`, 0],
  ['secret', 1],
  ['$6$short$x', 1],
])('a warning for the password %s: %d', (password, count) => {
  expect(passwordWarning(password)).toHaveLength(count);
});
