import { describe, expect, test } from '@jest/globals';
import { git } from '../../../src/engine/modules/git/git.ts';
import { remoteVersion } from '../../../src/engine/modules/git/inspect.ts';
import { planOf } from './support.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const remote = [
  'ref: refs/heads/main\tHEAD',
  `${a}\tHEAD`,
  `${a}\trefs/heads/main`,
  `${b}\trefs/tags/v1`,
  `${c}\trefs/tags/v1^{}`,
];

describe('versions of a remote repository', () => {
  test.each([
    ['HEAD', 'branch', 'main', a],
    ['main', 'branch', 'main', a],
    ['v1', 'tag', 'v1', c],
    [b, 'commit', b, b],
  ])('%s', (version, kind, name, commit) => {
    expect(remoteVersion(remote, version)).toEqual({ kind, name, commit });
  });
});

describe('git', () => {
  const args = { repo: 'https://example.org/a.git', dest: '/srv/a' };
  const there = (...lines: string[]) => ['installed', 'occupied', 'cloned', ...lines].join('\n');
  const onMain = (commit: string, ...lines: string[]) => there(`head ${commit}`, 'on main', ...lines);
  const detached = (commit: string, ...lines: string[]) => there(`head ${commit}`, `known ${commit}`, ...lines);
  const url = 'url https://example.org/a.git';
  const cases: readonly (readonly [Record<string, string | boolean>, string, string[]])[] = [
    [{}, 'installed', ['clone https://example.org/a.git to /srv/a']],
    [{ clone: false }, 'installed', []],
    [{}, onMain(a, url), []],
    [{}, onMain(c, url), ['check out HEAD in /srv/a']],
    [{ version: 'v1' }, detached(c, url), []],
    [{ version: 'aaaaaaaa' }, detached(a, url), []],
    [{ archive: '/a.zip' }, onMain(a, url), ['archive HEAD as /a.zip']],
    [{ archive: '/a.zip' }, onMain(a, url, 'archived'), []],
    [{ update: false }, there(`head ${c}`, url), []],
    [{ force: true }, onMain(a, url, 'modified'), ['check out HEAD in /srv/a']],
    [{}, onMain(a, 'url /old'), ['set the address of origin in /srv/a']],
    [{}, onMain(a, url, 'stale'), ['update submodules of /srv/a']],
  ];
  const host = (own: string) => ({ answers: [[/./, `${own}\n\x1e\n${remote.join('\n')}\n`]] as const });
  test.each(cases)('%j where %j', async (more, own, expected) => {
    const { plan } = await planOf(git, { ...args, ...more }, host(own));
    expect(plan.failed).toBeUndefined();
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });
  test.each([
    ['v1', onMain(c, `known ${c}`, url)],
    ['v1', there(`head ${c}`, url)],
    ['main', detached(a, url)],
  ])('goes to %s of the same commit where %j, and tells of no change', async (version, own) => {
    const { plan } = await planOf(git, { ...args, version }, host(own));
    expect([plan.changed, plan.changes.length]).toEqual([false, 1]);
  });
  test.each([
    [{}, there('modified'), 'Local modifications exist in the destination: /srv/a (force=no).'],
    [{}, 'installed\noccupied', "destination path '/srv/a' already exists and is not an empty directory."],
    [{ version: '--upload-pack=x' }, there(), 'version may not start with a dash: --upload-pack=x'],
    [{}, '', 'Failed to find required executable "git" in paths'],
  ])('refuses %j where %j', async (more, own, message) => {
    expect((await planOf(git, { ...args, ...more }, host(own))).plan.failed).toBe(message);
  });
});
