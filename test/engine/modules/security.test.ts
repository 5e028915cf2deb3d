import { describe, expect, test } from '@jest/globals';
import { acl } from '../../../src/engine/modules/acl.ts';
import { firewalld } from '../../../src/engine/modules/firewalld/firewalld.ts';
import { opensshKeypair } from '../../../src/engine/modules/openssh-keypair.ts';
import { seboolean } from '../../../src/engine/modules/selinux/seboolean.ts';
import { selinux } from '../../../src/engine/modules/selinux/selinux.ts';
import { synchronize } from '../../../src/engine/modules/synchronize.ts';
import { type FakeHost, planOf, written } from './support.ts';

type Args = Parameters<typeof planOf>[1];

function says(text: string, files: FakeHost['files'] = {}): FakeHost {
  return { answers: [[/./, text]], files };
}

describe('firewalld', () => {
  const on = 'installed\nrunning\nzone public\nzones public work\ntarget default\n';
  const cases: readonly (readonly [Args, string, string[]])[] = [
    [{ service: 'https', state: 'enabled' }, on, ['add service https in zone public now']],
    [{ service: 'https', state: 'enabled', permanent: true }, on, ['add service https in zone public permanently']],
    [
      { port: '80/tcp', state: 'enabled', permanent: true, immediate: true },
      on,
      ['add port 80/tcp in zone public permanently', 'add port 80/tcp in zone public now'],
    ],
    [{ service: 'https', state: 'enabled', permanent: true }, `${on}kept\n`, []],
    [{ service: 'https', state: 'disabled' }, `${on}now\n`, ['remove service https in zone public now']],
    [{ masquerade: 'yes', state: 'enabled' }, on, ['add masquerade in zone public now']],
    [{ masquerade: 'no', state: 'enabled' }, on, []],
    [{ zone: 'dmz', state: 'present', permanent: true }, on, ['make zone dmz']],
    [{ zone: 'work', state: 'absent', permanent: true }, on, ['remove zone work']],
    [{ zone: 'public', target: 'DROP', state: 'enabled' }, on, ['set the target of zone public to DROP']],
  ];
  test.each(cases)('%j', async (args, said, expected) => {
    const { plan } = await planOf(firewalld, args, says(said));
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });
  test.each([
    [{ service: 'x', state: 'enabled' }, '', 'no firewall-cmd'],
    [{ service: 'x', state: 'enabled' }, 'installed\n', 'not currently running'],
    [{ port: '80', state: 'enabled' }, on, 'improper port format'],
  ])('refuses %j', async (args, said, message) => {
    expect((await planOf(firewalld, args, says(said))).plan.failed).toContain(message);
  });
});

describe('SELinux', () => {
  const config = { '/etc/selinux/config': 'SELINUX=enforcing\nSELINUXTYPE=targeted\n' };
  test.each([
    [{ state: 'enforcing', policy: 'targeted' }, 'Enforcing', [], undefined],
    [{ state: 'permissive', policy: 'targeted' }, 'Enforcing', ['setenforce'], 'SELINUX=permissive'],
    [{ state: 'disabled' }, 'Enforcing', ['setenforce'], 'SELINUX=disabled'],
    [{ state: 'disabled' }, 'Disabled', [], 'SELINUX=disabled'],
  ])('%j where it is %s', async (args, mode, commands, line) => {
    const { plan, changes } = await planOf(selinux, args, says(mode, config));
    expect(changes.filter((each) => each.startsWith('run')).map((each) => each.split(' ')[1])).toEqual(commands);
    expect(written(plan, '/etc/selinux/config')?.split('\n')[0]).toBe(line);
  });
  test('refuses where there is none', async () => {
    expect((await planOf(selinux, { state: 'disabled' }, says('none'))).plan.failed).toContain('no tools of SELinux');
    expect((await planOf(seboolean, { name: 'x', state: true }, says('none'))).plan.failed).toContain('no tools');
  });
  test.each([
    [{ state: true }, 'enabled\nnow off\n', 1],
    [{ state: true }, 'enabled\nnow on\n', 0],
    [{ state: true, persistent: true }, 'enabled\nnow on\nkept off\n', 1],
    [{ state: false, persistent: true }, 'enabled\nnow off\nkept off\n', 0],
  ])('boolean %j where %j', async (args, said, count) => {
    expect((await planOf(seboolean, { name: 'x', ...args }, says(said))).changes).toHaveLength(count);
  });
});

describe('acl', () => {
  const shown = 'user::rw-\n\x1e\n';
  test.each([
    [{ entity: 'joe', etype: 'user', permissions: 'rx', state: 'present' }, `${shown}differs`, "'-m' 'user:joe:rx'"],
    [{ entry: 'd:u:joe:rx', state: 'present' }, `${shown}differs`, "'-d' '-m' 'user:joe:rx'"],
    [{ entity: 'joe', etype: 'user', state: 'absent' }, `${shown}differs`, "'-x' 'user:joe'"],
  ])('%j', async (args, said, words) => {
    const { changes } = await planOf(acl, { path: '/x', ...args }, says(said));
    expect(changes).toEqual([`run setfacl ${words} '--' '/x'`]);
  });
  test('only tells', async () => {
    const { plan } = await planOf(acl, { path: '/x' }, says(shown));
    expect(plan.result?.['acl']).toEqual(['user::rw-']);
  });
  test.each([
    [{ entry: 'user:joe', state: 'present' }, "'entry' MUST have 3 or 4 sections divided by ':' when 'state=present'."],
    [{ state: 'present' }, "'etype' MUST be set when 'state=present'."],
    [{ state: 'absent' }, "'entity' MUST be set when 'state=absent'."],
    [{ recursive: true }, "'recursive' MUST NOT be set when 'state=query'."],
  ])('refuses %j', async (args, message) => {
    expect((await planOf(acl, { path: '/x', ...args }, says(shown))).plan.failed).toBe(message);
  });
});

describe('openssh_keypair', () => {
  const files = { '/k': { mode: 0o600 }, '/k.pub': 'ssh-ed25519 AAAA me\n' };
  const there = 'tools\nssh-ed25519 AAAA me\n256 SHA256:x me (ED25519)\n';
  test.each([
    [{ type: 'ed25519' }, 'tools\n\n', {}, ['make the ed25519 key /k']],
    [{ type: 'ed25519' }, there, files, []],
    [{ type: 'ed25519', comment: 'you' }, there, files, ['write the public key /k.pub']],
    [{ type: 'rsa' }, there, files, ['make the rsa key /k']],
    [{ type: 'ed25519', force: true }, there, files, ['make the ed25519 key /k']],
    [{ state: 'absent' }, there, files, ['remove /k', 'remove /k.pub']],
  ])('%j', async (args, said, present, expected) => {
    const { plan } = await planOf(opensshKeypair, { path: '/k', ...args }, says(said, present));
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });
  test('a passphrase stands in no script', async () => {
    const { plan, changes } = await planOf(opensshKeypair, { path: '/k', passphrase: 'canary' }, says('tools\n\n'));
    expect(changes[0]).not.toContain('canary');
    expect(plan.changes[0]).toMatchObject({ stdin: Buffer.from('canary') });
  });
});

test('synchronize is refused', async () => {
  expect((await planOf(synchronize, { src: 'a', dest: '/b' })).plan.failed).toContain('synchronize is not supported');
});
