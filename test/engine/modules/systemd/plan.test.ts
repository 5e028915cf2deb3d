import { describe, expect, test } from '@jest/globals';
import { readUnit } from '../../../../src/engine/modules/systemd/inspect.ts';
import { planUnit, reportUnit, type UnitWish } from '../../../../src/engine/modules/systemd/plan.ts';
import { parseShow } from '../../../../src/engine/modules/systemd/show.ts';

const nothing: UnitWish = {
  name: 'web',
  state: null,
  enabled: null,
  masked: null,
  force: null,
  daemon_reload: false,
  daemon_reexec: false,
  scope: 'system',
  no_block: false,
};

function unit(shown: string, enablement: string, flags = '') {
  return readUnit(`${shown}\x1e\nUnitFileState=${enablement}\n\x1e\n${flags}`);
}

const running = unit('LoadState=loaded\nActiveState=active\n', 'enabled');
const stopped = unit('LoadState=loaded\nActiveState=inactive\n', 'disabled');
const absent = unit('LoadState=not-found\nActiveState=inactive\n', '');

describe('orders', () => {
  const cases: readonly (readonly [string, Partial<UnitWish>, typeof running, string[], boolean])[] = [
    ['as it shall be', { state: 'started', enabled: true }, running, [], false],
    ['start and enable', { state: 'started', enabled: true }, stopped, ['enable web', 'start web'], true],
    ['stop and disable', { state: 'stopped', enabled: false }, running, ['disable web', 'stop web'], true],
    ['restart', { state: 'restarted' }, running, ['restart web'], true],
    ['a restart of what is stopped', { state: 'restarted' }, stopped, ['start web'], true],
    ['reload', { state: 'reloaded' }, running, ['reload web'], true],
    ['mask', { masked: true }, stopped, ['mask web'], true],
    ['unmask', { masked: false }, unit('LoadState=masked\n', 'masked'), ['unmask web'], true],
    ['static counts as enabled', { enabled: true }, unit('LoadState=loaded\n', 'static'), [], false],
    ['indirect does not', { enabled: true }, unit('LoadState=loaded\n', 'indirect'), ['enable web'], true],
    [
      'a reload alone changes nothing',
      { daemon_reload: true, state: 'started' },
      running,
      ['systemctl daemon-reload'],
      false,
    ],
    [
      'an unknown unit after a reload',
      { daemon_reload: true, state: 'started' },
      absent,
      ['systemctl daemon-reload', 'start web'],
      true,
    ],
    ['an init script with links', { enabled: true }, unit('LoadState=not-found\n', '', 'init\nboot\n'), [], false],
  ];
  test.each(cases)('%s', (_name, wish, state, summaries, changed) => {
    const plan = planUnit({ ...nothing, ...wish }, state);
    expect(plan.failed).toBeUndefined();
    expect(plan.changes.map(({ summary }) => summary)).toEqual(summaries);
    expect(plan.changed).toBe(changed);
  });

  test('a unit that is not there', () => {
    expect(planUnit({ ...nothing, state: 'started' }, absent).failed).toBe(
      'Could not find the requested service web: host',
    );
  });

  test('a unit file that cannot be read', () => {
    const broken = unit('LoadState=error\nLoadError=org.x "bad"\n', '');
    expect(planUnit({ ...nothing, state: 'started' }, broken).failed).toBe(
      'Error loading unit file \'web\': org.x "bad"',
    );
  });

  test('what start is taken back by', () => {
    const [change] = planUnit({ ...nothing, state: 'started' }, stopped).changes;
    expect(change).toMatchObject({ kind: 'run', effect: 'known', undo: { text: "systemctl  'stop' -- 'web'" } });
  });

  test('what went wrong', () => {
    const outcome = { rc: 1, stdout: Buffer.alloc(0), stderr: Buffer.from('Job failed.\n'), start: 0, end: 0 };
    expect(reportUnit({ ...nothing, state: 'started' }, stopped, [outcome])).toEqual({
      failed: 'Unable to start service web: Job failed.',
    });
  });
});

test('properties over several lines are those of commands alone', () => {
  const shown = parseShow('Description={ not closed\nExecStart={ path=/bin/x\n argv[]=y }\nId=web.service\n');
  expect([...shown]).toEqual([
    ['Description', '{ not closed'],
    ['ExecStart', '{ path=/bin/x\n argv[]=y }'],
    ['Id', 'web.service'],
  ]);
});
