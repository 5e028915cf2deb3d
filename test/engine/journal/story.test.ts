import { appendFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { takeLock } from '../../../src/engine/journal/lock.ts';
import { openRun } from '../../../src/engine/journal/open.ts';
import type { Entry } from '../../../src/engine/journal/records.ts';
import { readDetails, unsealing } from '../../../src/engine/journal/story/details.ts';
import { Follower, storyOf } from '../../../src/engine/journal/story/follow.ts';
import { stagesOf } from '../../../src/engine/journal/story/stages.ts';
import { stateDocument } from '../../../src/engine/journal/story/state-json.ts';
import { isLoss } from '../../../src/engine/journal/story/types.ts';
import { JournalWriter } from '../../../src/engine/journal/writer.ts';
import { event, MOMENT, madeRun, madeState, sealed } from './made.ts';

const state = madeState();
afterAll(() => rmSync(dirname(state.dir), { recursive: true }));

const run = (plays: string[], phases: string[] = []) =>
  event({ type: 'run', plays, phases: phases.map((name) => ({ name, needs: [], at: 'x:1:1' })), time: MOMENT });
const play = (index: number, hosts: string[], time = MOMENT) =>
  event({ type: 'play', index, name: `Play ${index}`, at: 'site.yml:1:3', hosts, time });
const task = (id: number, name: string, line = id, time = MOMENT + id * 10) =>
  event({ type: 'task', id, name, action: 'command', at: `site.yml:${line}:7`, time });
const result = (id: number, host: string, status: string, more = {}, details?: string) =>
  event({ type: 'result', task: id, host, status, time: MOMENT + id * 10 + 5, ms: 5, ...more }, details);
const failure = (id: number, host: string, msg: string) =>
  result(id, host, 'failed', {}, sealed(state, { result: { dict: [['msg', msg]] } }));
const rescued = (host: string): Entry => ({
  kind: 'done',
  place: { play: 0, host, task: 'x', turn: 0 },
  status: 'failed',
});
const begin = (name: string, hosts: string[]) => event({ type: 'phase', name, hosts, time: MOMENT });
const end = (name: string, hosts: Record<string, string>, errors?: Record<string, string>) => {
  const results = Object.entries(hosts).map(([host, status]) => [
    host,
    { status, started: MOMENT, ended: MOMENT + 50, tries: 1 },
  ]);
  return event(
    { type: 'phase-end', name, hosts: Object.fromEntries(results), time: MOMENT + 50 },
    errors && sealed(state, { errors }),
  );
};
const over = (exit: number): Entry => ({ kind: 'end', time: MOMENT + 100, exit, recap: {} });
const resume: Entry = { kind: 'resume', time: MOMENT + 1000, pid: 2 };

const story = (entries: readonly Entry[]) => storyOf(state, madeRun(state, entries).id);
const states = (entries: readonly Entry[]) => {
  const { timestamp: _, ...document } = stateDocument(stagesOf(story(entries)), MOMENT);
  return document;
};

describe('the story of a run', () => {
  test('puts what a later part did to the tasks of the earlier ones', () => {
    const { tasks, parts, hosts } = story([
      ...[run(['Web']), play(0, ['a', 'b'])],
      ...[task(1, 'one'), result(1, 'a', 'changed'), result(1, 'b', 'ok')],
      ...[task(2, 'two'), result(2, 'a', 'ok'), failure(2, 'b', 'no')],
      ...[task(3, 'three'), result(3, 'a', 'ok'), over(2), resume, run(['Web']), play(0, ['a', 'b'])],
      ...[task(1, 'two', 2), result(1, 'b', 'changed'), task(2, 'three', 3), result(2, 'b', 'ok')],
      ...[task(3, 'four', 4), result(3, 'a', 'ok'), result(3, 'b', 'ok'), over(0)],
    ]);
    expect(hosts).toEqual(['a', 'b']);
    expect(parts).toHaveLength(2);
    const rows = tasks.map(({ name, results }) => [name, results.map(({ host, status }) => `${host} ${status}`)]);
    expect(rows).toEqual([
      ['one', ['a changed', 'b ok']],
      ['two', ['a ok', 'b failed', 'b changed']],
      ['three', ['a ok', 'b ok']],
      ['four', ['a ok', 'b ok']],
    ]);
  });

  test('a failure counts no more once its host went on elsewhere', () => {
    const { tasks } = story([
      ...[run(['Web']), play(0, ['a', 'b']), task(1, 'give up'), failure(1, 'a', 'no'), failure(1, 'b', 'no')],
      ...[
        task(2, 'clean up'),
        result(2, 'a', 'ok'),
        over(2),
        resume,
        run(['Web']),
        play(0, ['a', 'b']),
        task(1, 'begin anew', 9),
        result(1, 'a', 'ok'),
      ],
    ]);
    expect(tasks[0]!.results.map((one) => [one.host, isLoss(one)])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  test('tells runs of one task in a loop of includes apart', () => {
    const { tasks } = story([
      ...[run(['Web']), play(0, ['a']), task(1, 'same', 9), result(1, 'a', 'ok')],
      ...[task(2, 'same', 9), failure(2, 'a', 'no'), over(2), resume],
      ...[play(0, ['a']), task(1, 'same', 9), result(1, 'a', 'ok'), task(2, 'same', 9), result(2, 'a', 'ok')],
    ]);
    expect(tasks.map(({ results }) => results.map(({ status }) => status))).toEqual([['ok'], ['failed', 'ok'], ['ok']]);
  });

  test('knows rescued failures, phases of tasks, and opens what was sealed', () => {
    const { tasks } = story([
      ...[run(['Web'], ['p']), play(0, ['a']), begin('p', ['a'])],
      ...[task(1, 'one'), failure(1, 'a', 'broken'), rescued('a'), end('p', { a: 'fixed' })],
      ...[task(2, 'two'), result(2, 'a', 'ok')],
    ]);
    expect(tasks.map(({ phase }) => phase)).toEqual(['p', undefined]);
    const [broken] = tasks[0]!.results;
    expect(broken?.rescued).toBe(true);
    expect(readDetails(broken!.sealed!, unsealing(state.seal)).result?.get('msg')).toBe('broken');
  });
});

describe('the state of a run', () => {
  test('of phases, with errors', () => {
    const entries = [
      ...[run(['Web'], ['one', 'two', 'three', 'four', 'five']), play(0, ['a', 'b'])],
      ...[
        begin('one', ['a', 'b']),
        end('one', { a: 'completed', b: 'fixed' }),
        end('two', { a: 'skipped', b: 'skipped' }),
      ],
      ...[begin('three', ['a', 'b']), end('three', { a: 'completed', b: 'failed' }, { b: 'mount: no disk' })],
      begin('four', ['a']),
    ];
    expect(states(entries)).toEqual({
      current_phase: 'four',
      completed_phases: 1,
      failed_phases: 1,
      total_phases: 5,
      phase_status: { one: 'completed', two: 'skipped', three: 'failed', four: 'in_progress', five: 'not_started' },
      phase_errors: { one: '', two: '', three: 'b: mount: no disk', four: '', five: '' },
    });
  });

  test('of plays, where there are no phases', () => {
    const begun = [run(['Play 0', 'Play 1', 'Play 1']), play(0, ['a', 'b']), task(1, 'one'), failure(1, 'b', 'no')];
    const second = [play(1, ['a']), task(2, 'two'), result(2, 'a', 'ok')];
    expect(states([...begun, ...second]).phase_status).toEqual({
      'Play 0': 'failed',
      'Play 1': 'in_progress',
      'Play 1 (2)': 'not_started',
    });
    expect(states([...begun, over(2)])).toMatchObject({
      current_phase: 'Play 0',
      phase_errors: { 'Play 0': 'b: one (site.yml:1:7)' },
    });
  });
});

test('a journal that grows is followed, torn lines and all', () => {
  const folder = madeRun(state, [run(['Web'], ['p']), play(0, ['a'])]);
  takeLock(folder.lock);
  const follower = new Follower(state, folder.id);
  expect(follower.look()).toMatchObject({ state: 'running', now: undefined });
  const writer = new JournalWriter(folder.journal, state.seal, openRun(state, folder.id).read);
  for (const entry of [begin('p', ['a']), task(1, 'one')]) writer.append(entry);
  writer.close();
  const { length } = openRun(state, folder.id).read;
  appendFileSync(folder.journal, '{"kind":"event","told":{"type":"ta');
  const now = follower.look();
  expect(now.now).toMatchObject({ name: 'one' });
  expect(stagesOf(now)[0]?.state).toBe('in_progress');
  expect(openRun(state, folder.id).read.length).toBe(length);
  rmSync(folder.lock);
  expect(follower.look().state).toBe('interrupted');
});
