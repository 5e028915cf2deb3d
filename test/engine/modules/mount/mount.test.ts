import { describe, expect, test } from '@jest/globals';
import { withEntry, withoutEntry } from '../../../../src/engine/modules/mount/fstab.ts';
import { parseMountinfo } from '../../../../src/engine/modules/mount/mountinfo.ts';
import { type MountArgs, type MountState, planMount } from '../../../../src/engine/modules/mount/plan.ts';

const entry = { src: '/dev/sdb1', path: '/mnt/a b', fstype: 'ext4', opts: 'noatime', dump: '0', passno: '2' };
const line = '/dev/sdb1 /mnt/a\\040b ext4 noatime 0 2\n';

describe('fstab', () => {
  test.each([
    ['', line],
    ['# x\nproc /proc proc defaults 0 0', `# x\nproc /proc proc defaults 0 0\n${line}`],
    [line, undefined],
    ['/dev/sdc1 /mnt/a\\040b ext4 noatime\n', line],
    ['odd line\n', `odd line\n${line}`],
  ])('with an entry: %j', (text, expected) => {
    expect(withEntry(text, entry)).toBe(expected);
  });

  test('two swaps are told apart by their device', () => {
    const swap = { ...entry, path: 'none', fstype: 'swap', src: '/dev/sdb2', opts: 'sw', passno: '0' };
    const text = '/dev/sda2 none swap sw 0 0\n';
    expect(withEntry(text, swap)).toBe(`${text}/dev/sdb2 none swap sw 0 0\n`);
    expect(withoutEntry(text, 'none', '/dev/sdb2')).toBeUndefined();
    expect(withoutEntry(text, 'none', '/dev/sda2')).toBe('');
  });
});

test('a bind mount is known by the folder that it shows', () => {
  const text = `1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 8:2 / /srv rw - ext4 /dev/sdb1 rw
3 1 8:2 /www /var/www rw - ext4 /dev/sdb1 rw
4 1 8:1 /etc /mnt/e\\040e rw - ext4 /dev/sda1 rw
`;
  const found = parseMountinfo(text);
  expect(found.get('/var/www')?.src).toBe('/srv/www');
  expect(found.get('/mnt/e e')?.src).toBe('/etc');
  expect(found.get('/srv')?.src).toBe('/dev/sdb1');
});

describe('what is done', () => {
  const args: MountArgs = { ...entry, path: '/mnt/a', state: 'mounted', fstab: null, boot: true, backup: false };
  const listed = '/dev/sdb1 /mnt/a ext4 noatime 0 2\n';
  const file = (text: string): MountState['fstab'] => ({ path: '/etc/fstab', state: undefined, text });
  const point = { path: '/mnt/a', kind: 'directory' } as MountState['point'];
  const mounted = { src: '/dev/sdb1', device: '/dev/sdb1', fstype: 'ext4', opts: 'rw' };
  const cases: readonly (readonly [Partial<MountArgs>, string, boolean, string[]])[] = [
    [{}, listed, true, []],
    [{}, '', false, ['create /etc/fstab', 'mount /mnt/a']],
    [{ opts: 'ro' }, listed, true, ['create /etc/fstab', 'remount /mnt/a']],
    [{ opts: 'bind' }, listed.replace('noatime', 'bind'), true, []],
    [{ state: 'present' }, listed, false, []],
    [{ state: 'unmounted' }, listed, true, ['unmount /mnt/a']],
    [{ state: 'absent' }, listed, true, ['create /etc/fstab', 'unmount /mnt/a', 'remove folder /mnt/a']],
    [{ state: 'absent' }, '', true, []],
    [{ state: 'absent_from_fstab' }, listed, true, ['create /etc/fstab']],
    [{ state: 'ephemeral' }, '', false, ['mount /mnt/a']],
  ];
  test.each(cases)('%j, fstab %j, mounted %s', (given, text, isMounted, summaries) => {
    const plan = planMount(
      { ...args, ...given },
      { fstab: file(text), mounted: isMounted ? mounted : undefined, point },
    );
    expect(plan.changes.map(({ summary }) => summary)).toEqual(summaries);
  });

  test('an ephemeral mount does not cover another', () => {
    const state = { fstab: file(''), mounted: { ...mounted, src: '/dev/sdc1', device: '/dev/sdc1' }, point };
    expect(planMount({ ...args, state: 'ephemeral' }, state).failed).toContain('different source');
  });
});
