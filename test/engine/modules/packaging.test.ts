import { describe, expect, test } from '@jest/globals';
import { alternatives } from '../../../src/engine/modules/alternatives/alternatives.ts';
import { deb822Repository } from '../../../src/engine/modules/deb822-repository/deb822-repository.ts';
import { debconf } from '../../../src/engine/modules/debconf.ts';
import { dpkgSelections } from '../../../src/engine/modules/dpkg-selections.ts';
import { localeGen } from '../../../src/engine/modules/locale-gen.ts';
import { pip } from '../../../src/engine/modules/pip.ts';
import { rpmKey } from '../../../src/engine/modules/rpm-key.ts';
import { yumRepository } from '../../../src/engine/modules/yum-repository.ts';
import { type FakeHost, planOf, written } from './support.ts';

type Args = Parameters<typeof planOf>[1];

function says(text: string): FakeHost {
  return { answers: [[/./, text]] };
}

describe('deb822_repository', () => {
  const path = '/etc/apt/sources.list.d/my-repo.sources';
  const args = { name: 'My Repo', uris: ['http://x/debian'], suites: ['stable'], components: ['main', 'contrib'] };
  const text = 'Components: main contrib\nX-Repolib-Name: My Repo\nSuites: stable\nTypes: deb\nURIs: http://x/debian\n';

  test('writes its file, once', async () => {
    const { plan } = await planOf(deb822Repository, args);
    expect(written(plan, path)).toBe(text);
    expect((await planOf(deb822Repository, args, { files: { [path]: text } })).changes).toEqual([]);
  });
  test('fetches the key', async () => {
    const host = { answers: [[/curl/, '-----BEGIN PGP PUBLIC KEY BLOCK-----\n']] as const };
    const { plan, changes } = await planOf(deb822Repository, { ...args, signed_by: 'https://x/key' }, host);
    expect(changes).toEqual([
      'directory /etc/apt/keyrings 755',
      'write /etc/apt/keyrings/my-repo.asc 644',
      `write ${path} 644`,
    ]);
    expect(written(plan, path)).toContain('Signed-By: /etc/apt/keyrings/my-repo.asc\n');
  });
  test('indents a key of several lines', async () => {
    const { plan } = await planOf(deb822Repository, { ...args, signed_by: 'a\n\nb\n', enabled: false });
    expect(written(plan, path)).toContain('Enabled: no\n');
    expect(written(plan, path)).toContain('Signed-By:\n    a\n    .\n    b\n');
  });
  test('removes it', async () => {
    const { changes } = await planOf(
      deb822Repository,
      { name: 'My Repo', state: 'absent' },
      { files: { [path]: text } },
    );
    expect(changes).toEqual([`remove ${path}`]);
  });
});

describe('debconf', () => {
  const args = { name: 'tzdata', question: 'tzdata/Areas', vtype: 'select', value: 'Europe' };
  test.each([
    ['* tzdata/Areas: Europe\n\x1e\n\x1e\n', []],
    ['* tzdata/Areas: Asia\n\x1e\n\x1e\n', ['run debconf-set-selections ']],
    ['\x1e\n\x1e\n', ['run debconf-set-selections ']],
  ])('%j', async (shown, expected) => {
    expect((await planOf(debconf, args, says(shown))).changes).toEqual(expected);
  });
  test('only tells without a question', async () => {
    const { plan } = await planOf(debconf, { name: 'tzdata' }, says('  a/b: c\n\x1e\n\x1e\n'));
    expect(plan.result?.['current']).toEqual(new Map([['a/b', 'c']]));
  });
});

describe('dpkg_selections', () => {
  test.each([
    ['curl install\n', 1],
    ['curl hold\n', 0],
    ['', 1],
  ])('%j', async (shown, count) => {
    const { changes } = await planOf(dpkgSelections, { name: 'curl', selection: 'hold' }, says(shown));
    expect(changes).toHaveLength(count);
  });
});

describe('locale_gen', () => {
  const files = { '/etc/locale.gen': '# en_US.UTF-8 UTF-8\n# de_DE.UTF-8 UTF-8\n' };
  const host = (made: string) => ({
    files,
    answers: [[/locale -a/, `\x1e\n${made}\n\x1e\nfr_FR.UTF-8 UTF-8\n`]] as const,
  });
  const gen = '/etc/locale.gen';
  test('takes the comment away', async () => {
    const { plan, changes } = await planOf(localeGen, { name: 'de_DE.UTF-8' }, host('C'));
    expect(written(plan, gen)).toBe('# en_US.UTF-8 UTF-8\nde_DE.UTF-8 UTF-8\n');
    expect(changes.at(-1)).toBe('run locale-gen');
  });
  test('adds what only the library knows', async () => {
    const { plan } = await planOf(localeGen, { name: 'fr_FR.UTF-8' }, host('C'));
    expect(written(plan, gen)).toMatch(/\nfr_FR.UTF-8 UTF-8\n$/);
  });
  test.each([
    ['de_DE.UTF-8', 'present', 'de_DE.utf8'],
    ['de_DE.UTF-8', 'absent', 'C'],
  ])('%s is %s where there is %s', async (name, state, made) => {
    expect((await planOf(localeGen, { name, state }, host(made))).changes).toEqual([]);
  });
  test('refuses what there is not', async () => {
    const { plan } = await planOf(localeGen, { name: 'xx_XX' }, host('C'));
    expect(plan.failed).toBe("The locales you've entered are not available on your system: xx_XX");
  });
});

describe('alternatives', () => {
  const shown = `/usr/bin/update-alternatives
/usr/bin/editor
editor - auto mode
  link best version is /bin/nano
  link currently points to /bin/nano
  link editor is /usr/bin/editor
/bin/nano - priority 40
/usr/bin/vim - priority 30
`;
  const cases: readonly (readonly [Args, string[]])[] = [
    [{ path: '/bin/nano' }, []],
    [{ path: '/usr/bin/vim' }, ['choose /usr/bin/vim for editor']],
    [{ path: '/usr/bin/vim', state: 'present' }, []],
    [{ path: '/usr/bin/vim', state: 'present', priority: 60 }, ['offer /usr/bin/vim for editor']],
    [{ path: '/usr/bin/ed' }, ['offer /usr/bin/ed for editor', 'choose /usr/bin/ed for editor']],
    [{ path: '/usr/bin/vim', state: 'absent' }, ['remove /usr/bin/vim from editor']],
    [{ path: '/usr/bin/ed', state: 'absent' }, []],
    [{ path: '/bin/nano', state: 'auto' }, []],
  ];
  test.each(cases)('%j', async (args, expected) => {
    const { plan } = await planOf(alternatives, { name: 'editor', ...args }, says(shown));
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });
  test('wants a link for a new name', async () => {
    const { plan } = await planOf(alternatives, { name: 'x', path: '/x' }, says('/usr/bin/update-alternatives\n\n'));
    expect(plan.failed).toContain('missing the link');
  });
});

describe('pip', () => {
  const shown = 'pip3\nFlask==2.0\nzope.interface==5.0\n';
  const cases: readonly (readonly [Args, number])[] = [
    [{ name: 'flask' }, 0],
    [{ name: ['zope-interface', 'Flask'] }, 0],
    [{ name: 'flask==2.0' }, 0],
    [{ name: 'flask', version: '2.1' }, 1],
    [{ name: 'flask>=2' }, 1],
    [{ name: 'django' }, 1],
    [{ name: 'django', state: 'absent' }, 0],
    [{ name: 'flask', state: 'absent' }, 1],
    [{ name: 'flask', state: 'latest' }, 1],
    [{ requirements: '/r.txt' }, 1],
    [{ name: 'flask', virtualenv: '/v' }, 2],
  ];
  test.each(cases)('%j', async (args, count) => {
    const host = 'virtualenv' in args ? says('') : says(shown);
    expect((await planOf(pip, args, host)).changes).toHaveLength(count);
  });
  test('refuses where there is none', async () => {
    expect((await planOf(pip, { name: 'flask' }, says(''))).plan.failed).toContain('pip needs to be installed');
  });
});

describe('rpm_key', () => {
  const key = 'pub:-:4096:1:AABBCCDD11223344:1:::-:\nfpr:::::::::FFFF11223344:\n';
  test.each([
    [{}, `${key}\x1e\n`, 1],
    [{}, `${key}\x1e\n${key}`, 0],
    [{ state: 'absent' }, `${key}\x1e\n${key}`, 1],
    [{ state: 'absent' }, `${key}\x1e\n`, 0],
  ])('%j where %j', async (more, shown, count) => {
    expect((await planOf(rpmKey, { key: 'https://x/key', ...more }, says(shown))).changes).toHaveLength(count);
  });
  test('refuses another fingerprint', async () => {
    const { plan } = await planOf(rpmKey, { key: 'https://x/key', fingerprint: ['AA BB'] }, says(`${key}\x1e\n`));
    expect(plan.failed).toContain("'AABB', does not match");
  });
});

describe('yum_repository', () => {
  const path = '/etc/yum.repos.d/epel.repo';
  const args = { name: 'epel', description: 'EPEL', baseurl: ['http://a/', 'http://b/'], gpgcheck: true };
  const folder = { '/etc/yum.repos.d/other.repo': '' };
  test('writes its section, once', async () => {
    const { plan } = await planOf(yumRepository, args, { files: folder });
    const text = '[epel]\nbaseurl = http://a/\n\thttp://b/\ngpgcheck = 1\nname = EPEL\n\n';
    expect(written(plan, path)).toBe(text);
    expect((await planOf(yumRepository, args, { files: { [path]: text } })).changes).toEqual([]);
  });
  test('an empty file goes', async () => {
    const { changes } = await planOf(
      yumRepository,
      { name: 'epel', state: 'absent' },
      { files: { [path]: '[epel]\na=1\n' } },
    );
    expect(changes).toEqual([`remove ${path}`]);
  });
});
