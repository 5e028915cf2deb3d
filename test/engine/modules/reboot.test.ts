import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { coerceArgs } from '../../../src/engine/modules/args/coerce.ts';
import { reboot } from '../../../src/engine/modules/reboot.ts';
import { fakeController, fakeHost, planOf } from './support.ts';

function answers(boot: string, test = 0) {
  return [
    [/command -v/, '/sbin/shutdown\n'],
    [/whoami/, test],
    [/boot_id/, boot],
  ] as const;
}

/** Hosts as they are found one after the other; undefined where none answers. */
async function awaited(hosts: readonly (readonly [boot: string, test: number] | undefined)[], timeout = 600) {
  const left = [...hosts];
  const controller = fakeController({
    reconnect: async () => {
      const host = left.length > 1 ? left.shift() : left[0];
      if (!host) throw new TsplayError('unreachable', 'no route to host');
      return fakeHost({ answers: answers(...host) });
    },
  });
  const args = coerceArgs(reboot as never, new Map([['reboot_timeout', timeout]])) as never;
  return reboot.afterApply!(controller, args, { boot: 'old', program: 'shutdown', path: '/sbin/shutdown' }, []);
}

describe('reboot', () => {
  test('starts it anew, in the background', async () => {
    const { changes } = await planOf(reboot, { msg: "it's time" }, { answers: answers('old') });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toContain(`'/sbin/shutdown' '-r' '0' 'it'\\''s time'`);
  });
  test.each([
    [[undefined, ['old', 0], ['new', 1], ['new', 0]] as const, undefined],
    [[['new', 0]] as const, undefined],
  ])('comes back: %j', async (hosts, failed) => {
    expect((await awaited(hosts)).failed).toBe(failed);
  });
  test.each([
    [[undefined] as const, 'Timed out waiting for last boot time check (timeout=0)'],
    [[['old', 0]] as const, 'Timed out waiting for last boot time check (timeout=0)'],
    [[['new', 1]] as const, 'Timed out waiting for post-reboot test command (timeout=0)'],
  ])('does not come back: %j', async (hosts, failed) => {
    expect((await awaited(hosts, 0)).failed).toBe(failed);
  });
  test('refuses a host without the program', async () => {
    const { plan } = await planOf(
      reboot,
      {},
      {
        answers: [
          [/command -v/, ''],
          [/boot_id/, 'old'],
        ],
      },
    );
    expect(plan.failed).toContain('Unable to find command "shutdown"');
  });
});
