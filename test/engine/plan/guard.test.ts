import { expect, test } from '@jest/globals';
import type { Place } from '../../../src/engine/journal/types.ts';
import type { Change } from '../../../src/engine/model/change.ts';
import { plannedChange } from '../../../src/engine/plan/changes.ts';
import type { HostPlan, Step } from '../../../src/engine/plan/document.ts';
import { PlanGuard } from '../../../src/engine/plan/guard.ts';
import { placeId, taskId } from '../../../src/engine/plan/places.ts';
import { sh } from '../../../src/engine/remote/quote.ts';
import { Seal } from '../../../src/engine/vault/seal.ts';

const seal = new Seal(Buffer.alloc(32, 7));
const digest = (content: Uint8Array) => seal.digest(content);
const place: Place = { play: 0, host: 'web', task: 'abc', turn: 0 };
const undo = () => undefined;

const write = (content: string, more: { path?: string; mode?: number } = {}): Change => ({
  kind: 'write',
  summary: `write ${more.path ?? '/f'}`,
  path: more.path ?? '/f',
  content: { bytes: Buffer.from(content) },
  attributes: more.mode === undefined ? {} : { mode: more.mode },
  before: { kind: 'absent' },
});

function stepOf(planned: readonly Change[], more: Partial<Step> = {}): Step {
  return {
    id: placeId(digest, place),
    play: 0,
    name: 'Write',
    action: 'copy',
    at: 'site.yml:3:5',
    status: 'changed',
    changes: planned.map((change) => plannedChange(change, { undo: undefined, looksOnly: false }, digest)),
    ...more,
  };
}

function install(word: string, loosely = word): Change {
  return { kind: 'run', effect: 'known', summary: word, script: sh`apt-get ${word}`, loosely: sh`apt-get ${loosely}` };
}

/** The words of the refusal, and whether the run was ended; nothing if the changes may be made. */
function refusal(plan: HostPlan, doing: readonly Change[], at = place): string | undefined {
  let ended = false;
  const stop = () => {
    ended = true;
  };
  const guard = new PlanGuard({ hosts: { web: plan } }, { digest, stop, conceal: (text) => text });
  try {
    guard.watch(at, { undo, looksOnly: false }).decided({ changes: doing, before: undefined });
    return undefined;
  } catch (error) {
    expect([ended, guard.departed]).toEqual([true, true]);
    return (error as Error).message;
  }
}

const of = (...steps: Step[]): HostPlan => ({ steps, mayRun: [] });

test.each<[string, HostPlan, Change[]]>([
  ['what was planned', of(stepOf([write('a')])), [write('a')]],
  ['less than was planned', of(stepOf([write('a'), write('b', { path: '/g' })])), [write('b', { path: '/g' })]],
  ['nothing', of(), []],
  [
    'what was there before is another',
    of(stepOf([write('a')])),
    [{ ...write('a'), before: { kind: 'file' } } as Change],
  ],
  ['what was planned with less said', of(stepOf([install('tree')])), [install('tree=2.1', 'tree')]],
  ['what depends on the unknown', of(stepOf([], { status: 'unknown', unknown: 'all' })), [write('a')]],
  ['what runs in any check', of(stepOf([], { status: 'ok', done: true })), [write('a')]],
  [
    'a handler that may be notified',
    { steps: [], mayRun: [{ id: taskId(digest, place, 'abc'), name: 'h' }] },
    [write('a')],
  ],
])('a run may do %s', (_, plan, doing) => {
  expect(refusal(plan, doing)).toBeUndefined();
});

test.each<[string, HostPlan, Change[], Place]>([
  ['another content', of(stepOf([write('a')])), [write('b')], place],
  ['another mode', of(stepOf([write('a')])), [write('a', { mode: 0o600 })], place],
  ['another version', of(stepOf([install('tree=2.0', 'tree')])), [install('tree=2.1', 'tree')], place],
  ['less said than was planned', of(stepOf([install('tree=2.0', 'tree')])), [install('tree')], place],
  ['another path', of(stepOf([write('a')])), [write('a', { path: '/g' })], place],
  ['more than was planned', of(stepOf([write('a')])), [write('a'), write('a', { path: '/g' })], place],
  ['a task where nothing was planned', of(stepOf([])), [write('a')], place],
  ['a task that is not in the plan', of(), [write('a')], place],
  ['the task once more', of(stepOf([write('a')])), [write('a')], { ...place, turn: 1 }],
  ['the task on another host', of(stepOf([write('a')])), [write('a')], { ...place, host: 'db' }],
  ['another turn of its loop', of(stepOf([write('a')])), [write('a')], { ...place, item: { index: 1, digest: 'x' } }],
])('a run must not do %s', (_, plan, doing, at) => {
  expect(refusal(plan, doing, at)).toContain('not done, and the run ends here');
});
