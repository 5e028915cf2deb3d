import { describe, expect, test } from '@jest/globals';
import type { ResultStory, Story, TaskStory } from '../../../src/engine/journal/story/types.ts';
import { type Segment, timelineOf } from '../../../src/engine/report/model/timeline.ts';

const result = (host: string, from: number, to: number, more: Partial<ResultStory> = {}): ResultStory => ({
  host,
  status: 'ok',
  ignored: false,
  rescued: false,
  outlived: false,
  time: to,
  ms: to - from,
  items: [],
  ...more,
});

function story(results: readonly ResultStory[], more: Partial<Story> = {}): Story {
  const task = (one: ResultStory): TaskStory => ({
    play: 0,
    name: 'task',
    action: 'command',
    at: 'site.yml:1:1',
    handler: false,
    started: one.time - one.ms,
    results: [one],
  });
  return {
    run: 'r',
    program: '1',
    command: 'run',
    playbooks: [],
    check: false,
    state: 'ok',
    started: 0,
    ended: 1000,
    parts: [{ from: 0, to: 1000 }],
    hosts: [...new Set(results.map(({ host }) => host))],
    plays: [],
    phases: [],
    tasks: results.map(task),
    warnings: [],
    recap: undefined,
    ...more,
  };
}

const drawn = ({ x, width, status, task }: Segment) => [Math.round(x), Math.round(width), status, task];
const lanesOf = (one: Story) => timelineOf(one, 1000).lanes.map(({ host, segments }) => [host, segments.map(drawn)]);

describe('a timeline', () => {
  test('has a lane for each host, with what it did when', () => {
    expect(
      lanesOf(story([result('a', 0, 100), result('b', 50, 1000), result('a', 500, 700, { status: 'failed' })])),
    ).toEqual([
      [
        'a',
        [
          [0, 100, 'ok', 0],
          [500, 200, 'failed', 2],
        ],
      ],
      ['b', [[50, 950, 'ok', 1]]],
    ]);
  });

  test('draws failures that were taken care of apart', () => {
    const found = story([
      result('a', 0, 100, { status: 'failed', ignored: true }),
      result('a', 200, 300, { status: 'failed', rescued: true }),
    ]);
    expect(lanesOf(found)).toEqual([
      [
        'a',
        [
          [0, 100, 'tolerated', 0],
          [200, 100, 'tolerated', 1],
        ],
      ],
    ]);
  });

  test('shows of many things in one place the one that matters most', () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      result('a', index / 5, index / 5, { status: index === 2500 ? 'failed' : index % 2 ? 'changed' : 'skipped' }),
    );
    const [lane] = timelineOf(story(many), 1000).lanes;
    expect(lane!.segments.length).toBeLessThan(2000);
    expect(lane!.segments.filter(({ status }) => status === 'failed').map(({ task }) => task)).toEqual([2500]);
  });

  test('leaves out the time between the parts of a run', () => {
    const resumed = story([result('a', 0, 500), result('a', 9500, 10_000)], {
      parts: [
        { from: 0, to: 500 },
        { from: 9500, to: 10_000 },
      ],
    });
    expect(lanesOf(resumed)).toEqual([
      [
        'a',
        [
          [0, 487, 'ok', 0],
          [513, 487, 'ok', 1],
        ],
      ],
    ]);
    expect(timelineOf(resumed, 1000).breaks).toEqual([{ x: 500, away: 9000 }]);
  });

  test.each([
    { total: 900, ticks: [0, 100, 200, 300, 400, 500, 600, 700, 800, 900] },
    { total: 61_000, ticks: [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000] },
    { total: 1_800_000, ticks: [0, 300_000, 600_000, 900_000, 1_200_000, 1_500_000, 1_800_000] },
    { total: 0, ticks: [0] },
  ])('of $total ms has round ticks', ({ total, ticks }) => {
    const one = story([result('a', 0, total)], { parts: [{ from: 0, to: total }] });
    expect(timelineOf(one, 1000).ticks.map(({ time }) => time)).toEqual(ticks);
  });

  test('shows phases above, once for each time that hosts were in them', () => {
    const phase = {
      name: 'p',
      needs: [],
      at: 'x',
      hosts: new Map([['a', { status: 'failed' as const, started: 0, ended: 900, tries: 2 }]]),
      spans: [
        { from: 100, to: 300 },
        { from: 600, to: 900 },
      ],
    };
    expect(timelineOf(story([result('a', 0, 1000)], { phases: [phase] }), 1000).phases).toEqual([
      { name: 'p', x: 100, width: 200, state: 'failed' },
      { name: 'p', x: 600, width: 300, state: 'failed' },
    ]);
  });
});
