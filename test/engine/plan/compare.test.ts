import { expect, test } from '@jest/globals';
import { driftBetween } from '../../../src/engine/plan/compare.ts';
import type { HostPlan, PlannedChange, SeenPath, Step } from '../../../src/engine/plan/document.ts';

const file: NonNullable<SeenPath> = { kind: 'file', owner: 'root', group: 'root', mode: '0644', content: 'aaaaaaaa11' };
const write: PlannedChange = {
  id: 'w1',
  kind: 'write',
  summary: 'write /f',
  path: '/f',
  content: { digest: 'cccccccc33', size: 3 },
};

const step = (more: Partial<Step> = {}): Step => ({
  id: 's1',
  play: 0,
  name: 'Write',
  action: 'copy',
  at: 'site.yml:3:5',
  status: 'changed',
  looked: { paths: { '/f': file }, state: 'x' },
  changes: [write],
  ...more,
});
const idle = (seen: SeenPath) => step({ status: 'ok', looked: { paths: { '/f': seen } }, changes: [] });
const host = (...steps: Step[]): Record<string, HostPlan> => ({ web: { steps, mayRun: [] } });
const look = (seen: SeenPath) => step({ looked: { paths: { '/f': seen }, state: 'x' } });

test.each<[string, Step[], Step[], string[]]>([
  ['nothing', [step()], [step()], []],
  [
    'another owner and mode',
    [step()],
    [look({ ...file, owner: 'bob', mode: '0600' })],
    ['/f: owner root -> bob, mode 0644 -> 0600'],
  ],
  ['another content', [step()], [look({ ...file, content: 'bbbbbbbb22' })], ['/f: content aaaaaaaa -> bbbbbbbb']],
  ['a file that went', [step()], [look(null)], ['/f: was file, is gone']],
  ['a file that came', [look(null)], [step()], ['/f: was not there, is file']],
  [
    'another state',
    [step()],
    [step({ looked: { paths: {}, state: 'y' } })],
    ['the state from which it was planned is another'],
  ],
  [
    'nothing to do any more',
    [step()],
    [idle({ ...file, content: 'cccccccc33' })],
    ['/f: content aaaaaaaa -> cccccccc', 'planned: write /f (content cccccccc); now: nothing to do'],
  ],
  [
    'something to do where nothing was planned',
    [idle(file)],
    [look({ ...file, mode: '0600' })],
    ['/f: mode 0644 -> 0600', 'planned: nothing to do; now: write /f (content cccccccc)'],
  ],
  [
    'content that is another at each look',
    [step()],
    [step({ changes: [{ ...write, id: 'w2', content: { digest: 'dddddddd44', size: 3 } }] })],
    ['planned: write /f (content cccccccc)', 'now: write /f (content dddddddd)'],
  ],
  ['what no change follows from', [idle(file)], [idle({ ...file, content: 'bbbbbbbb22' })], []],
  [
    'a task that is new and does something',
    [],
    [step()],
    ['planned: nothing to do', 'now: write /f (content cccccccc)'],
  ],
  ['a task that is new and does nothing', [], [idle(file)], []],
  ['a host that fails', [step()], [step({ status: 'failed', because: 'no space' })], ['failed: no space']],
  ['what was unknown', [step({ status: 'unknown', unknown: 'all' })], [idle(null)], []],
  ['what was done in both', [step({ done: true })], [idle(file)], []],
  [
    'what is unknown now',
    [step()],
    [step({ status: 'unknown', unknown: 'all' })],
    ['it is not known any more what is to be done'],
  ],
])('drift is %s', (_, planned, now, what) => {
  expect(driftBetween(host(...planned), host(...now)).flatMap((drift) => drift.what)).toEqual(what);
});

test('drift of one turn of a loop names it', () => {
  const turn = {
    id: 'i1',
    label: 'one',
    status: 'changed' as const,
    changes: [write],
    looked: { paths: { '/f': file } },
  };
  const looped = (seen: SeenPath) => step({ changes: [], items: [{ ...turn, looked: { paths: { '/f': seen } } }] });
  const drifts = driftBetween(host(looped(file)), host(looped(null)));
  expect(drifts.map(({ host: name, label, what }) => [name, label, what])).toEqual([
    ['web', 'one', ['/f: was file, is gone']],
  ]);
});
