import { describe, expect, test } from '@jest/globals';
import type { Event, Recap, TaskInfo } from '../../../src/engine/model/event.ts';
import { JsonReport } from '../../../src/engine/output/ansible/json-report.ts';
import { Profile, type ProfileOptions } from '../../../src/engine/output/extras/profile.ts';
import { Timer } from '../../../src/engine/output/extras/timer.ts';
import type { Sink } from '../../../src/engine/output/sink.ts';

const position = { file: 'site.yml', line: 3, column: 5 };
const task = (id: number, name: string): TaskInfo => ({
  id,
  name,
  action: 'command',
  position,
  handler: false,
  checkMode: false,
  noLog: false,
  tags: [],
});
const counts: Recap = { ok: 1, changed: 1, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 1 };
const EVENTS: readonly Event[] = [
  { type: 'run-start', playbooks: [{ path: 'site.yml', plays: 1 }], checkMode: false, time: 0 },
  { type: 'play-start', name: 'Web', index: 0, position, hosts: ['h'], time: 0 },
  { type: 'task-start', task: task(1, 'quick'), hosts: ['h'], time: 0 },
  {
    type: 'host-result',
    task: task(1, 'quick'),
    host: 'h',
    status: 'changed',
    result: new Map<string, string | boolean>([
      ['changed', true],
      ['_ansible_no_log', false],
      ['stdout', 'hi'],
    ]),
    diffs: [],
    changes: [],
    looped: false,
    ignored: false,
    time: 250,
    duration: 250,
  },
  { type: 'task-start', task: task(2, 'app : slow'), hosts: ['h'], time: 250 },
  { type: 'run-end', recap: new Map([['h', counts]]), stats: new Map(), time: 93_000_250 },
];

function shown(make: (sink: Sink) => { handle(event: Event): void }): string {
  let text = '';
  const output = make({ out: (more) => void (text += more), err: () => {}, columns: undefined });
  for (const event of EVENTS) output.handle(event);
  return text;
}

test('timer', () => {
  expect(shown((sink) => new Timer(sink))).toBe('Playbook run took 1 days, 1 hours, 50 minutes, 0 seconds\n');
});

describe('profile', () => {
  const lines = (options: ProfileOptions) =>
    shown((sink) => new Profile(sink, options))
      .trimEnd()
      .split('\n')
      .slice(1);

  test.each<readonly [string, ProfileOptions, readonly string[]]>([
    ['the slowest first', { by: 'task', order: 'descending', limit: 20 }, ['app : slow 93000.00s', 'quick 0.25s']],
    ['the slowest last', { by: 'task', order: 'ascending', limit: 20 }, ['quick 0.25s', 'app : slow 93000.00s']],
    ['as they came', { by: 'task', order: 'none', limit: 1 }, ['quick 0.25s']],
    ['by role', { by: 'role', order: 'descending', limit: 20 }, ['app 93000.00s', '(no role) 0.25s']],
  ])('%s', (_, options, expected) => {
    expect(lines(options).map((line) => line.replace(/ -+ /, ' '))).toEqual(expected);
    expect(lines(options).every((line) => line.length === 79)).toBe(true);
  });
});

test('json: plays, tasks and counts as ansible.posix.json has them', () => {
  const report = JSON.parse(shown((sink) => new JsonReport(sink)));
  expect(report.stats).toEqual({
    h: { changed: 1, failures: 0, ignored: 0, ok: 1, rescued: 0, skipped: 1, unreachable: 0 },
  });
  expect(report.plays[0].play).toMatchObject({ name: 'Web', path: 'site.yml:3:5' });
  expect(report.plays[0].tasks[0]).toMatchObject({
    task: { name: 'quick', duration: { start: '1970-01-01T00:00:00.000000Z', end: '1970-01-01T00:00:00.250000Z' } },
    hosts: { h: { changed: true, stdout: 'hi', action: 'command' } },
  });
  expect(report.plays[0].tasks[0].hosts.h).not.toHaveProperty('_ansible_no_log');
});
