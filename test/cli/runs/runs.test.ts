import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { takeLock } from '../../../src/engine/journal/lock.ts';
import type { State } from '../../../src/engine/journal/open.ts';
import { runIds } from '../../../src/engine/journal/run-folder.ts';
import { MOMENT, madeRun, madeState } from '../../engine/journal/made.ts';
import { run } from '../../lab/run.ts';

const DAY = 86_400_000;
let state: State;
beforeEach(() => {
  state = madeState();
});
afterEach(() => rmSync(dirname(state.dir), { recursive: true }));

const runs = (...args: string[]) =>
  run(process.execPath, ['dist/tsplay.js', 'runs', ...args], '', { ...process.env, TSPLAY_STATE_DIR: state.dir });

describe('tsplay runs', () => {
  test('says that there are none', async () => {
    expect(await runs()).toEqual({ code: 0, stdout: 'no runs are kept\n', stderr: '' });
  });

  test('lists whole, torn, damaged, foreign and empty journals', async () => {
    const whole = madeRun(state, [{ kind: 'end', time: MOMENT, exit: 0, recap: {} }], { playbooks: ['a\x1b[31m.yml'] });
    const torn = madeRun(state, []);
    appendFileSync(torn.journal, '{"kind":"eve');
    const damaged = madeRun(state, [{ kind: 'end', time: MOMENT, exit: 2, recap: {} }]);
    writeFileSync(damaged.journal, readFileSync(damaged.journal, 'utf8').replace('"exit":2', '"exit":0'));
    const foreign = madeRun(state, []);
    writeFileSync(foreign.journal, '{"kind":"start"}\n');
    const empty = madeRun(state, []);
    writeFileSync(empty.journal, '');
    const { code, stdout } = await runs();
    const lineOf = ({ id }: { id: string }) => stdout.split('\n').find((line) => line.startsWith(id));
    expect(code).toBe(0);
    expect(lineOf(whole)).toMatch(/ ok .* run a\\x1b\[31m\.yml$/);
    expect(lineOf(torn)).toContain('interrupted');
    expect(lineOf(damaged)).toMatch(/unreadable .*journal.ndjson:2:1: this journal is damaged/);
    expect(lineOf(foreign)).toMatch(/unreadable .*another key/);
    expect(lineOf(empty)).toMatch(/unreadable .*is empty/);
    const json = JSON.parse((await runs('--json')).stdout) as { runs: { run: string; state: string }[] };
    expect(new Map(json.runs.map((one) => [one.run, one.state]))).toEqual(
      new Map([
        [whole.id, 'ok'],
        [torn.id, 'interrupted'],
        [damaged.id, 'unreadable'],
        [foreign.id, 'unreadable'],
        [empty.id, 'unreadable'],
      ]),
    );
  });

  test.each([
    { args: ['list'], says: 'knows no "list"' },
    { args: ['--keep', '3'], says: 'belong to prune' },
    { args: ['prune', '--keep', 'all'], says: 'takes a number, not "all"' },
    { args: ['prune', '2020'], says: 'there is no run 2020' },
  ])('refuses $args', async ({ args, says }) => {
    const { code, stderr } = await runs(...args);
    expect({ failed: code > 0, stderr }).toEqual({ failed: true, stderr: expect.stringContaining(says) });
  });
});

describe('tsplay runs prune', () => {
  const today = () => Date.now();

  test.each([
    { args: ['--keep', '2'], ages: [9, 5, 1, 0], left: [1, 0] },
    { args: ['--days', '3'], ages: [9, 5, 1, 0], left: [1, 0] },
    { args: ['--keep', '3', '--days', '3'], ages: [9, 5, 1, 0], left: [1, 0] },
    { args: [], ages: [400, 99, 50], left: [50] },
  ])('$args leaves runs of $left days ago', async ({ args, ages, left }) => {
    const ids = ages.map((age) => madeRun(state, [], { time: today() - age * DAY }).id);
    expect((await runs('prune', ...args)).code).toBe(0);
    expect(runIds(state.dir)).toEqual(ids.filter((_, index) => left.includes(ages[index]!)));
  });

  test('removes those that are named, by the end of their names too, and never one that goes on', async () => {
    const [first, second, running] = [madeRun(state, []), madeRun(state, []), madeRun(state, [])];
    takeLock(running.lock);
    expect(await runs('prune', first.id.slice(-4))).toMatchObject({ code: 0, stdout: `removed ${first.id}\n` });
    const { code, stderr } = await runs('prune', running.id);
    expect({ failed: code > 0, stderr }).toEqual({ failed: true, stderr: expect.stringContaining('still going on') });
    await runs('prune', '--keep', '0');
    expect(runIds(state.dir)).toEqual([running.id]);
    expect(second.id).not.toBe(running.id);
  });
});
