import { describe, expect, test } from '@jest/globals';
import { modprobe } from '../../../src/engine/modules/modprobe.ts';

type Args = Parameters<typeof modprobe.plan>[0];
type State = Parameters<typeof modprobe.plan>[1];

const args: Args = { name: 'overlay', state: 'present', params: '', persistent: 'disabled' };
const load = '/etc/modules-load.d';
const options = '/etc/modprobe.d';

function summaries(
  given: Partial<Args>,
  host: { loaded?: boolean; load?: string; option?: string; missing?: string[] },
) {
  const state: State = {
    loaded: host.loaded ?? true,
    loads: [{ path: `${load}/overlay.conf`, state: undefined, text: host.load ?? '' }],
    options: [{ path: `${options}/overlay.conf`, state: undefined, text: host.option ?? '' }],
    missing: host.missing ?? [],
  };
  const plan = modprobe.plan({ ...args, ...given }, state, undefined as never);
  return plan.changes.map(({ summary }) => summary);
}

describe('modprobe', () => {
  const cases: readonly (readonly [Partial<Args>, Parameters<typeof summaries>[1], string[]])[] = [
    [{}, {}, []],
    [{}, { loaded: false }, ['load kernel module overlay']],
    [{ state: 'absent' }, {}, ['unload kernel module overlay']],
    [{ persistent: 'present' }, { load: '# x\noverlay # y\n' }, []],
    [{ persistent: 'present' }, { load: '#overlay\n' }, [`create ${load}/overlay.conf`]],
    [{ persistent: 'present' }, { missing: [load, options] }, [`make folder ${load}`, `create ${load}/overlay.conf`]],
    [{ persistent: 'present', params: 'a=1' }, { load: 'overlay\n', option: 'options overlay a=1\n' }, []],
    [
      { persistent: 'present', params: 'a=2' },
      { load: 'overlay\n', option: 'options overlay a=1\n' },
      [`create ${options}/overlay.conf`],
    ],
    [{ persistent: 'absent' }, { load: 'overlay\n' }, [`create ${load}/overlay.conf`]],
    [{ persistent: 'absent' }, { load: '#overlay\n' }, []],
  ];
  test.each(cases)('%j on %j', (given, host, expected) => {
    expect(summaries(given, host)).toEqual(expected);
  });
});
