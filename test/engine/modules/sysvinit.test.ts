import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/engine/model/change.ts';
import { dict } from '../../../src/engine/model/value.ts';
import { coerceArgs } from '../../../src/engine/modules/args/coerce.ts';
import { sysvinit } from '../../../src/engine/modules/service/sysvinit.ts';
import { completed, planOf } from './support.ts';

const host = (init: string, levels = '') => ({
  answers: [
    [/^use=/, init],
    [/^for l in/, levels],
  ] as const,
});
const [runs, stopped] = ['sysvinit\nyes\n0\nboot\n', 'sysvinit\nyes\n3\n'];

describe('sysvinit', () => {
  const cases: readonly (readonly [Record<string, unknown>, ReturnType<typeof host>, string[]])[] = [
    [{ state: 'started' }, host(runs), []],
    [{ state: 'started', enabled: true }, host(stopped), ['enable x', 'start x']],
    [{ state: 'stopped', enabled: false }, host(runs), ['disable x', 'stop x']],
    [{ state: 'restarted' }, host(runs), ['restart x']],
    [{ state: 'started', daemonize: true }, host(stopped), ['start x']],
    [{ enabled: true, runlevels: ['3', '5'] }, host(runs, '3\n'), ['enable x']],
    [{ enabled: true, runlevels: ['3', '5'] }, host(runs, '3\n5\n'), []],
    [{ enabled: false, runlevels: ['3', '5'] }, host(runs, '3\n'), ['disable x']],
  ];
  test.each(cases)('%j', async (given, there, expected) => {
    const { plan } = await planOf(sysvinit, { name: 'x', ...given } as never, there);
    expect(plan.failed).toBeUndefined();
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });

  test('a service that is not there', async () => {
    const { plan } = await planOf(sysvinit, { name: 'x', state: 'started' }, host('sysvinit\nno\n127\n'));
    expect(plan.failed).toContain('Could not find the requested service x');
  });

  test('tells how each wish went', async () => {
    const given = coerceArgs(
      sysvinit as never,
      new Map([
        ['name', 'x'],
        ['state', 'started'],
      ]),
    ) as never;
    const before = { manager: 'sysvinit', exists: true, running: false, enabled: true, levels: [] } as const;
    const outcomes: Outcome[] = [{ ...completed(0, 'Starting x\n'), start: 0, end: 0 }];
    const none = { changed: false, rc: null, stdout: null, stderr: null };
    expect(sysvinit.report?.(given, before, outcomes, undefined).result).toEqual({
      status: dict({
        enabled: dict(none),
        started: dict({ changed: true, rc: 0, stdout: 'Starting x\n', stderr: '' }),
      }),
    });
  });
});
