import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { takeLock } from '../../../src/engine/journal/lock.ts';
import { openRun } from '../../../src/engine/journal/open.ts';
import type { Entry, StartEntry } from '../../../src/engine/journal/records.ts';
import { summarize } from '../../../src/engine/journal/summary.ts';
import type { Recap } from '../../../src/engine/model/event.ts';
import { event, MOMENT, madeRun, madeState } from './made.ts';

const state = madeState();
afterAll(() => rmSync(dirname(state.dir), { recursive: true }));

const play = event({ type: 'play', name: 'all', hosts: ['a', 'b'], time: MOMENT + 10 });
const result = (host: string, status: string, more = {}) =>
  event({ type: 'result', task: 1, host, status, time: MOMENT + 20, ms: 5, ...more });
const end = (exit: number, a: Partial<Recap> = {}): Entry => {
  const none = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 0 };
  return { kind: 'end', time: MOMENT + 30, exit, recap: { a: { ...none, ...a } } };
};
const resume: Entry = { kind: 'resume', time: MOMENT + 1000, pid: 2 };

interface Case {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly start?: Partial<StartEntry>;
  readonly gives: Record<string, unknown>;
}

const CASES: readonly Case[] = [
  {
    name: 'a run that ended well',
    entries: [play, result('a', 'changed'), result('b', 'ok'), end(0, { ok: 1, changed: 1 })],
    gives: { state: 'ok', exit: 0, hosts: ['a', 'b'], changed: 1, failed: 0, resumed: 0, ended: MOMENT + 30 },
  },
  {
    name: 'a failed one counts what was not rescued',
    entries: [play, result('a', 'failed'), result('b', 'failed'), end(2, { failed: 1, rescued: 1 })],
    gives: { state: 'failed', exit: 2, failed: 1 },
  },
  {
    name: 'a killed one counts what it told',
    entries: [play, result('a', 'unreachable'), result('b', 'failed', { ignored: true }), result('b', 'changed')],
    gives: { state: 'interrupted', changed: 1, failed: 1, ended: MOMENT + 20 },
  },
  { name: 'one that a signal ended', entries: [play, end(99)], gives: { state: 'interrupted', exit: 99 } },
  {
    name: 'a resumed one counts changes of all its parts and failures of the last',
    entries: [
      play,
      result('a', 'changed'),
      result('b', 'failed'),
      end(2, { failed: 1 }),
      resume,
      result('b', 'changed'),
      end(0),
    ],
    gives: { state: 'ok', changed: 2, failed: 0, resumed: 1 },
  },
  {
    name: 'one that was resumed and killed',
    entries: [play, result('b', 'failed'), end(2, { failed: 1 }), resume],
    gives: { state: 'interrupted', failed: 0, resumed: 1, ended: MOMENT + 1000 },
  },
  {
    name: 'one that was taken back',
    entries: [end(0), { kind: 'rolled-back', time: MOMENT + 50 }],
    gives: { state: 'rolled-back', ended: MOMENT + 50 },
  },
  { name: 'a check', entries: [end(0)], start: { check: true }, gives: { state: 'ok', check: true, hosts: [] } },
];

describe('a run in one line', () => {
  test.each(CASES)('$name', ({ entries, start, gives }) => {
    const { id } = madeRun(state, entries, start);
    expect(summarize(openRun(state, id))).toMatchObject({ run: id, started: MOMENT, ...gives });
  });

  test('one whose process is alive', () => {
    const folder = madeRun(state, [play]);
    takeLock(folder.lock);
    expect(summarize(openRun(state, folder.id))).toMatchObject({ state: 'running' });
  });
});
