import { describe, expect, test } from '@jest/globals';
import { escapeProblem, placesOf, tarMembers } from '../../../src/engine/modules/unarchive/members.ts';
import { unarchive } from '../../../src/engine/modules/unarchive/unarchive.ts';
import { planOf } from './support.ts';

const listing = {
  file: (name: string) => `-rw-r--r-- root/root 4 2024-01-01 00:00 ${name}`,
  folder: (name: string) => `drwxr-xr-x root/root 0 2024-01-01 00:00 ${name}`,
  link: (name: string, to: string) => `lrwxrwxrwx root/root 0 2024-01-01 00:00 ${name} -> ${to}`,
  hard: (name: string, to: string) => `hrw-r--r-- root/root 0 2024-01-01 00:00 ${name} link to ${to}`,
};

describe('entries that lead out of the destination', () => {
  const cases: readonly (readonly [readonly string[], readonly string[], string | undefined])[] = [
    [['d/', 'd/x'], [listing.folder('d/'), listing.file('d/x')], undefined],
    [['../x'], [listing.file('../x')], '"../x" leads out of the destination'],
    [['a/../../x'], [listing.file('a/../../x')], '"a/../../x" leads out of the destination'],
    [['..x'], [listing.file('..x')], undefined],
    [['l', 'l/x'], [listing.link('l', '/etc'), listing.file('l/x')], '"l/x" would be written through the link "l"'],
    [['./l', 'l/x'], [listing.link('./l', '/etc'), listing.file('l/x')], '"l/x" would be written through the link "l"'],
    [['l'], [listing.link('l', '../../etc')], undefined],
    [['h'], [listing.hard('h', '/etc/passwd')], '"h" is a hard link to "/etc/passwd", outside the destination'],
    [['h'], [listing.hard('h', '../p')], '"h" is a hard link to "../p", outside the destination'],
    [['x', 'h'], [listing.file('x'), listing.hard('h', 'x')], undefined],
  ];
  test.each(cases)('%j', (names, lines, problem) => {
    expect(escapeProblem(tarMembers(names, lines))).toBe(problem);
  });
  test('names that tar shows escaped are taken as they are', () => {
    const shown = '\\303\\251\\n\\\\';
    expect(tarMembers([shown], [listing.link(shown, '\\101')])).toEqual([{ name: 'é\n\\', kind: 'link', target: 'A' }]);
  });
  test('folders that are only implied count', () => {
    expect(placesOf([{ name: './a/b', kind: 'file' }])).toEqual(['a/b', 'a']);
  });
});

describe('unarchive', () => {
  const host = (differences: string, more: string[] = []) => ({
    files: { '/srv': { kind: 'directory' as const, mode: 0o755 } },
    answers: [
      [/detect|od -An/, `-z\n\x1e\nd/x\n\x1e\n${listing.file('d/x')}\n\x1e\n${differences}`],
      [/xargs -0 stat/, ['0022', ...more, ''].join('\n')],
    ] as const,
  });
  const args = { src: '/a.tgz', dest: '/srv', remote_src: true };
  const cases: readonly (readonly [Record<string, string>, string, string[], string[]])[] = [
    [{}, '', [], []],
    [{}, 'tar: d/x: Warning: Cannot stat: No such file or directory\n', [], ['unpack /a.tgz into /srv']],
    [{}, 'd/x: Contents differ\n', [], ['unpack /a.tgz into /srv']],
    [{}, 'd/x: Mode differs\n', [], ['unpack /a.tgz into /srv']],
    [{ mode: '0600' }, 'd/x: Mode differs\n', [], []],
    [{ mode: '0600' }, '', ['600 0 root 0 root regular file'], []],
    [{ mode: '0600' }, '', ['644 0 root 0 root regular file'], ['set mode 600 in /srv']],
    [{ mode: 'u=rwX,go=' }, '', ['700 0 root 0 root directory'], []],
    [{ owner: 'joe' }, '', ['644 0 root 0 root regular file'], ['set owner joe in /srv']],
    [{ group: '0' }, '', ['644 0 root 0 root regular file'], []],
  ];
  test.each(cases)('%j where %j %j', async (more, differences, states, expected) => {
    const { plan } = await planOf(unarchive, { ...args, ...more }, host(differences, states));
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });
  test('nothing where `creates` is there', async () => {
    const { plan } = await planOf(unarchive, { ...args, creates: '/srv' }, host(''));
    expect(plan.skipped).toBe(true);
  });
  test('refuses a destination that is no folder', async () => {
    const { plan } = await planOf(unarchive, { ...args, dest: '/none' }, host(''));
    expect(plan.failed).toBe("dest '/none' must be an existing dir");
  });
});
