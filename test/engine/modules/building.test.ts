import { describe, expect, test } from '@jest/globals';
import { composer } from '../../../src/engine/modules/composer.ts';
import { filesystem } from '../../../src/engine/modules/filesystem.ts';
import { make } from '../../../src/engine/modules/make.ts';
import { npm } from '../../../src/engine/modules/npm.ts';
import { type FakeHost, planOf } from './support.ts';

type Args = Parameters<typeof planOf>[1];

const says = (text: string): FakeHost => ({ answers: [[/./, text]] });

async function planned(module: unknown, args: Args, host: FakeHost): Promise<string[] | string> {
  const { plan } = await planOf(module as Parameters<typeof planOf>[0], args, host);
  return plan.failed === undefined ? plan.changes.map(({ summary }) => summary) : `failed: ${plan.failed}`;
}

describe('make', () => {
  test.each<[Args, FakeHost, string[] | string]>([
    [{ chdir: '/s' }, says('/usr/bin/make\n'), []],
    [
      { chdir: '/s', target: 'all' },
      { answers: [[/./, 1]] },
      'failed: Failed to find required executable "make" in paths',
    ],
    [{ chdir: '/s' }, says('\n'), 'failed: Failed to find required executable "make" in paths'],
  ])('%j', async (args, host, expected) => expect(await planned(make, args, host)).toEqual(expected));

  test('its command', async () => {
    const given = {
      chdir: '/s',
      targets: ['a', 'b'],
      params: new Map<string, string | null>([
        ['P', 'x y'],
        ['-B', null],
      ]),
      jobs: 4,
    };
    const args = await planOf(make, given as Args, says('/usr/bin/make\n'));
    expect(args.plan.result?.['command']).toBe("/usr/bin/make -j 4 a b 'P=x y' -B");
  });
});

describe('filesystem', () => {
  const device = (found: string, more = '') => says(`there\nblkid\n${found}\n\n${more}`);
  test.each<[Args, FakeHost, string[] | string]>([
    [{ fstype: 'ext4' }, device('ext4'), []],
    [{ fstype: 'ext4' }, device(''), ['make the file system ext4 on /d']],
    [{ fstype: 'ext4' }, device('xfs'), "failed: '/d' is already used as xfs, use force=true to overwrite"],
    [{ fstype: 'ext4', force: true }, device('xfs'), ['make the file system ext4 on /d']],
    [{ fstype: 'lvm' }, device('LVM2_member'), []],
    [{ state: 'absent' }, device('xfs'), ['wipe xfs off /d']],
    [{ state: 'absent' }, says('\nblkid\n\n\n'), []],
    [{ fstype: 'ext4' }, says('\nblkid\n\n\n'), 'failed: Device /d not found.'],
    [{ fstype: 'ext4', resizefs: true }, device('ext4', '2000\n1000\n'), ['grow the file system ext4 on /d']],
    [{ fstype: 'ext4', resizefs: true }, device('ext4', '1000\n1000\n'), []],
    [
      { fstype: 'xfs', resizefs: true },
      device('xfs', '2000\n1000\n'),
      'failed: /d needs to be mounted for xfs operations',
    ],
    [
      { fstype: 'swap', resizefs: true },
      device('swap'),
      'failed: module does not support resizing swap filesystem yet',
    ],
  ])('%j', async (args, host, expected) =>
    expect(await planned(filesystem, { dev: '/d', ...args }, host)).toEqual(expected),
  );
});

describe('npm', () => {
  const list = (dependencies: object, outdated: object = {}) =>
    says(`${JSON.stringify({ dependencies })}\x1e${JSON.stringify(outdated)}`);
  const has = { a: { version: '1.0.0' } };
  test.each<[Args, FakeHost, string[] | string]>([
    [{ name: 'a', path: '/p' }, list(has), []],
    [{ name: 'a', path: '/p', version: '1.0.1' }, list(has), ['npm install a@1.0.1']],
    [{ name: 'b', global: true }, list(has), ['npm install b']],
    [{ name: 'a', path: '/p', state: 'latest' }, list(has), []],
    [{ name: 'a', path: '/p', state: 'latest' }, list(has, { a: {} }), ['npm install a@latest']],
    [{ name: 'a', path: '/p', state: 'absent' }, list(has), ['npm uninstall a']],
    [{ name: 'b', path: '/p', state: 'absent' }, list(has), []],
    [{ path: '/p' }, list(has), []],
    [{ path: '/p' }, list({ ...has, b: { missing: true } }), ['npm install']],
    [{ path: '/p', ci: true }, list(has), ['npm ci']],
    [{ path: '/p' }, says(''), 'failed: Failed to find required executable "npm" in paths'],
    [{ name: 'a' }, list(has), 'failed: path must be specified when not using global'],
  ])('%j', async (args, host, expected) => expect(await planned(npm, args, host)).toEqual(expected));
});

describe('composer', () => {
  const help = `${JSON.stringify({ definition: { options: { 'no-dev': {}, 'dry-run': {}, 'no-ansi': {} } } })}\x1e`;
  const host = (dry: string): FakeHost => ({
    answers: [
      [/'--dry-run'/, dry],
      [/ help /, help],
    ],
  });
  test.each<[Args, FakeHost, string[] | string]>([
    [{ working_dir: '/p' }, host('Nothing to install, update or remove\n'), []],
    [{ working_dir: '/p' }, host('Package operations: 1 install\n'), ['composer install']],
    [{ working_dir: '/p', command: 'require', arguments: 'a/b c/d' }, host('x'), ['composer require a/b c/d']],
    [
      { working_dir: '/p' },
      { answers: [[/./, 9]] },
      'failed: Failed to find required executable "php" or "composer" in paths',
    ],
    [
      { command: 'require a/b', working_dir: '/p' },
      host(''),
      "failed: Use the 'arguments' param for passing arguments with the 'command'",
    ],
  ])('%j', async (args, given, expected) => expect(await planned(composer, args, given)).toEqual(expected));
});
