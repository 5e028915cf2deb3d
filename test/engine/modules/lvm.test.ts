import { describe, expect, test } from '@jest/globals';
import { lvg } from '../../../src/engine/modules/lvg.ts';
import { lvol } from '../../../src/engine/modules/lvol/lvol.ts';
import { readSize, targetSize } from '../../../src/engine/modules/lvol/size.ts';
import { type FakeHost, planOf } from './support.ts';

type Args = Parameters<typeof planOf>[1];

const says = (text: string): FakeHost => ({ answers: [[/./, text]] });

async function scripts(module: unknown, args: Args, host: FakeHost): Promise<string[] | string> {
  const { plan, changes } = await planOf(module as Parameters<typeof planOf>[0], args, host);
  return plan.failed === undefined
    ? changes.map((change) => change.replace(/^run /, '').replaceAll("'", ''))
    : `failed: ${plan.failed}`;
}

describe('lvg', () => {
  const GB = 1024 ** 3;
  const volume = (path: string, group: string, device = GB) => `${path};${group};${device};${GB};1024;4194304\n`;
  const state = (devices: string[], physical: string, groups = '') =>
    says(`tools\n\x1e${devices.join('\n')}\n\x1e${physical}\x1e${groups}`);
  test.each<[Args, FakeHost, string[] | string]>([
    [{ pvs: '/dev/b' }, state(['/dev/b'], ''), ['pvcreate  -f /dev/b', 'vgcreate  -s 4 d /dev/b']],
    [{ pvs: '/dev/b' }, state(['/dev/b'], volume('/dev/b', 'd'), ' d;0\n'), []],
    [
      { pvs: ['/l', '/dev/c'] },
      state(['/dev/b', '/dev/c'], volume('/dev/b', 'd'), 'd;0'),
      ['pvcreate  -f /dev/c', 'vgextend d /dev/c'],
    ],
    [
      { pvs: '/dev/b' },
      state(['/dev/b'], volume('/dev/b', 'd') + volume('/dev/c', 'd'), 'd;0'),
      ['vgreduce --force d /dev/c'],
    ],
    [{ pvs: '/dev/b', pvresize: true }, state(['/dev/b'], volume('/dev/b', 'd', 2 * GB), 'd;0'), ['pvresize /dev/b']],
    [{ pvs: '/dev/b', pvresize: true }, state(['/dev/b'], volume('/dev/b', 'd'), 'd;0'), []],
    [
      { pvs: '/dev/b' },
      state(['/dev/b'], volume('/dev/b', 'e'), 'e;0'),
      'failed: Device /dev/b is already in e volume group.',
    ],
    [{ pvs: '/dev/b' }, state([''], ''), 'failed: Device /dev/b not found.'],
    [{ state: 'absent' }, state([], '', 'd;0'), ['vgremove --force d']],
    [{ state: 'absent' }, state([], '', 'd;2'), 'failed: Refuse to remove non-empty volume group d without force=true'],
    [{ state: 'absent' }, state([], ''), []],
    [{ pvs: '/dev/b' }, says(''), 'failed: Failed to find required executable "vgs" in paths'],
  ])('%j', async (args, host, expected) => expect(await scripts(lvg, { vg: 'd', ...args }, host)).toEqual(expected));
});

describe('sizes', () => {
  const group = { size: 1000, free: 500, extent: 4 };
  test.each([
    ['10g', 10 * 1024 ** 3],
    ['512', 512 * 1024 ** 2],
    ['+1b', 101],
    ['-1s', -412],
    ['1K', 1000],
    ['50%FREE', 248],
    ['+100%FREE', 600],
    ['33%VG', 328],
  ])('%s', (written, bytes) => expect(targetSize(readSize(written) as never, 100, group)).toBe(bytes));
  test.each(['', 'x', '1x', '200%FREE', '10%LV', '%', '50%ORIGIN'])('%j is none', (written) => {
    expect(typeof readSize(written)).toBe('string');
  });
});

describe('lvol', () => {
  const MB = 1024 ** 2;
  const state = (volumes = '') => says(`tools\n\x1e ${1000 * MB};${500 * MB};${4 * MB}\n\x1e${volumes}`);
  const www = (mb: number, attributes = '-wi-a-----') => state(`  www;${mb * MB};${attributes}\n`);
  test.each<[Args, FakeHost, string[] | string]>([
    [{ size: '100' }, state(), ['lvcreate --yes -n www -L 100m d']],
    [
      { size: '100%FREE', pvs: '/dev/b,/dev/c', opts: '-r 16' },
      state(),
      ['lvcreate --yes -n www -l 100%FREE -r 16 d /dev/b /dev/c'],
    ],
    [{}, state(), 'failed: No size given.'],
    [{ size: '100' }, www(100), []],
    [{ size: '99' }, www(100), []],
    [{ size: '200', resizefs: true }, www(100), ['lvextend --resizefs -L 200m d/www ']],
    [{ size: '+50%FREE' }, www(100), ['lvextend -l +50%FREE d/www ']],
    [
      { size: '900' },
      www(100),
      `failed: Logical Volume www could not be extended. Not enough free space left (${800 * MB}b required / ${500 * MB}b available)`,
    ],
    [{ size: '50' }, www(100), 'failed: Sorry, no shrinking of www without force=true.'],
    [{ size: '50', shrink: false }, www(100), []],
    [{ size: '50', force: true }, www(100), ['lvreduce --force -L 50m d/www ']],
    [{ size: '100', active: false }, www(100), ['lvchange -an d/www']],
    [{ state: 'absent' }, www(100), 'failed: Sorry, no removal of logical volume www without force=true.'],
    [{ state: 'absent', force: true }, www(100), ['lvremove --force d/www']],
    [{ snapshot: 's', size: '10m' }, www(100), ['lvcreate --yes -L 10m -s -n s d/www']],
    [{ snapshot: 's' }, www(100, 'Vwi-a-tz--'), ['lvcreate --yes -s -n s d/www']],
    [{ thinpool: 'p', size: '1g' }, state('p;1;twi-a-tz--'), ['lvcreate --yes -n www -V 1g -T d/p']],
    [{ thinpool: 'p', size: '1g' }, state(), 'failed: Thin pool LV p does not exist in volume group d.'],
    [{ size: '1' }, says('tools\n\x1e\x1e'), 'failed: Volume group d does not exist.'],
    [{ state: 'absent' }, says('tools\n\x1e\x1e'), []],
  ])('%j', async (args, host, expected) =>
    expect(await scripts(lvol, { vg: 'd', lv: 'www', ...args }, host)).toEqual(expected),
  );
});
