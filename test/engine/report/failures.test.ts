import { describe, expect, test } from '@jest/globals';
import type { ResultStory, Story, TaskStory } from '../../../src/engine/journal/story/types.ts';
import { failuresOf } from '../../../src/engine/report/model/failures.ts';

const SOURCE = `- hosts: all
  tasks:
    - block:
        - name: one
          command: x

          register: y
      rescue:
        - {name: secret, no_log: true}
    - name: two
      command: a
    - name: three
`;

const failed = (
  host: string,
  more: Partial<ResultStory> = {},
  said: object = { dict: [['msg', 'no']] },
): ResultStory => ({
  ...{ host, status: 'failed', ignored: false, rescued: false, outlived: false, time: 5, ms: 5, items: [] },
  sealed: JSON.stringify({ result: said }),
  ...more,
});
const ok = (host: string): ResultStory => ({ ...failed(host), status: 'ok', sealed: undefined });
const task = (at: string, ...results: ResultStory[]): TaskStory => ({
  ...{ play: 0, name: at, action: 'command', at, handler: false, started: 0 },
  results,
});

function found(...tasks: TaskStory[]) {
  const plays = [{ index: 0, name: 'all', at: 'site.yml:1:3', hosts: ['a', 'b'] }];
  return failuresOf({ tasks, plays } as unknown as Story, JSON.parse, (file) =>
    file === 'site.yml' ? SOURCE : undefined,
  );
}

describe('failures of a run', () => {
  test('that hosts share stand together; those that ended something come first', () => {
    const told = found(
      task('site.yml:4:11', failed('a', { ignored: true }), failed('b', { rescued: true })),
      task('site.yml:10:7', failed('a'), failed('b'), ok('b')),
      task('site.yml:12:7', failed('a'), failed('b', { status: 'unreachable' }), failed('c')),
    );
    expect(told.map(({ number, hosts, outcome, unreachable }) => [number, hosts, outcome, unreachable])).toEqual([
      [2, ['a'], 'lost', false],
      [3, ['a', 'c'], 'lost', false],
      [3, ['b'], 'lost', true],
      [1, ['b'], 'mended', false],
      [2, ['b'], 'mended', false],
      [1, ['a'], 'ignored', false],
    ]);
  });

  test.each([
    { at: 'site.yml:4:11', lines: ['        - name: one', '          command: x', '', '          register: y'] },
    { at: 'site.yml:10:7', lines: ['    - name: two', '      command: a'] },
    { at: 'site.yml:12:7', lines: ['    - name: three'] },
    { at: 'site.yml:1:3', lines: undefined },
    { at: 'site.yml:99:3', lines: undefined },
    { at: 'gone.yml:1:3', lines: undefined },
  ])('show of the source what is the own of the task at $at', ({ at, lines }) => {
    expect(found(task(at, failed('a')))[0]?.source?.lines).toEqual(lines);
  });

  test('that hide their output hide their source', () => {
    const [one] = found(task('site.yml:10:7', failed('a', {}, { dict: [['censored', 'hidden']] })));
    expect(one).toMatchObject({ message: 'hidden', source: undefined });
  });

  test('tell what programs printed', () => {
    const said = {
      dict: [
        ['msg', 'no'],
        ['rc', 3],
        ['stdout', ''],
        ['stderr', 'why\n'],
      ],
    };
    expect(found(task('site.yml:10:7', failed('a', {}, said)))[0]).toMatchObject({
      rc: 3,
      output: [{ name: 'stderr', text: 'why' }],
    });
  });
});
