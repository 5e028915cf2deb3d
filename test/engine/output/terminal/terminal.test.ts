import { describe, expect, test } from '@jest/globals';
import type { Event } from '../../../../src/engine/model/event.ts';
import type { Live } from '../../../../src/engine/output/sink.ts';
import { TerminalOutput } from '../../../../src/engine/output/terminal/terminal.ts';
import { hostResult, memorySink, playStart, runEnd, runStart, task, taskStart } from '../support.ts';
import { body, screen } from './support.ts';

describe('end of a run', () => {
  test('recap, times, verdict', () => {
    const events = [
      runStart(),
      playStart(['a', 'b']),
      taskStart(['a', 'b']),
      hostResult('a', { time: 1400, status: 'changed' }),
      hostResult('b', { time: 3000 }),
      runEnd({ b: { ok: 1 }, a: { ok: 1, changed: 1 } }),
    ];
    expect(body(events).slice(1)).toEqual([
      '',
      'Recap',
      '          ok  changed  failed  unreachable  skipped',
      '● a        1        1       ·            ·        ·',
      '✔ b        1        ·       ·            ·        ·',
      '',
      'Slowest tasks',
      `     2.0s  ${'Install'.padEnd(42)}  ${'━'.repeat(24)}`,
      '',
      '✔ 2 hosts done, 1 changed in 4.0s',
    ]);
  });

  test('where it is narrow, the recap is words', () => {
    const lines = body([runStart(), playStart(['a']), runEnd({ a: { ok: 12, failed: 1 } })], {}, { columns: 40 });
    expect(lines).toContain('✖ a  ok 12  failed 1');
  });

  const lost = (host: string, status: 'failed' | 'unreachable', id: number, name: string) => {
    const of = task({ id, name });
    return [taskStart([host], of), hostResult(host, { status, task: of })];
  };

  test('what to do next: where each host was lost, not what was rescued', () => {
    const events = [
      runStart(),
      playStart(['a', 'b', 'c']),
      ...lost('a', 'failed', 1, 'Rescued'),
      ...lost('b', 'failed', 2, "Don't"),
      ...lost('c', 'unreachable', 3, 'Reach'),
      runEnd({ a: { ok: 1, rescued: 1 }, b: { failed: 1 }, c: { unreachable: 1 } }),
    ];
    expect(body(events).slice(-4)).toEqual([
      '✖ 1 failed and 1 unreachable of 3 hosts, 0 changed in 4.0s',
      "  next  continue there: --start-at-task 'Don'\\''t' -l 'b'",
      '  next  see more: -vvv',
      "  next  not reached: c; try ssh by hand, or go on without: -l 'all:!c'",
    ]);
  });

  test.each([
    [0, 3, '  check mode: 100% of 3 results known; nothing was changed'],
    [
      1,
      2,
      '  check mode: 66% of 3 results known; 1 unknown (commands whose effect nobody can foretell, and what depends on them)',
    ],
    [
      1,
      999,
      '  check mode: 99% of 1000 results known; 1 unknown (commands whose effect nobody can foretell, and what depends on them)',
    ],
  ])('check mode says how much it knows: %i unknown, %i known', (unknown, known, line) => {
    const hosts = Array.from({ length: unknown + known }, (_, index) => `h${index}`);
    const results = hosts.map((host, index) => hostResult(host, { status: index < unknown ? 'unknown' : 'ok' }));
    const lines = body([runStart(true), playStart(hosts), taskStart(hosts), ...results, runEnd({ h0: { ok: 1 } })]);
    expect(lines.at(-1)).toBe(line);
  });
});

describe('plays', () => {
  test.each<[Event, string]>([
    [playStart(['a']), '── Web · a ─'],
    [playStart(['a', 'b', 'c', 'd']), '── Web · 4 hosts ─'],
    [playStart(['a'], { checkMode: true, strategy: 'free' }), '── Web · a · free · check mode ─'],
  ])('%#', (event, heading) => {
    const text = screen([event]).trim();
    expect(text.startsWith(heading)).toBe(true);
    expect([...text]).toHaveLength(80);
  });

  test('with strategy free each host is shown when it comes', () => {
    const events = [
      playStart(['a', 'b'], { strategy: 'free' }),
      taskStart(['a']),
      taskStart(['b']),
      hostResult('b'),
      hostResult('a', { status: 'changed' }),
      playStart([]),
    ];
    expect(
      body(events)
        .slice(0, 2)
        .map((line) => line.replace(/ +/g, ' ')),
    ).toEqual(['✔ Install ok b', '● Install changed a']);
  });
});

test('colours are the level’s, and none without one', () => {
  const events = [playStart(['a']), taskStart(['a']), hostResult('a', { status: 'changed', changes: ['x'] })];
  expect(screen(events)).not.toContain('\u001b');
  expect(screen(events, {}, { colors: 1 })).toContain('\u001b[33m');
});

test('signs are ASCII where the terminal knows no others', () => {
  const events = [
    runStart(),
    playStart(['a']),
    taskStart(['a']),
    hostResult('a', { status: 'failed', result: { msg: 'm' } }),
    runEnd({ a: { failed: 1 } }),
  ];
  expect(screen(events, {}, { unicode: false })).toMatch(/^[\n -~]*$/);
});

test('warnings go to standard error, once', () => {
  const sink = memorySink({ columns: 40 });
  const output = new TerminalOutput(sink, { verbosity: 0 });
  const warning: Event = { type: 'warning', message: 'something that takes more than a line here' };
  output.handle(warning);
  output.handle(warning);
  output.handle(hostResult('a', { result: { warnings: ['of a result'] } }));
  expect(sink.written).toEqual({ out: '', err: '! something that takes more than a line\n  here\n! of a result\n' });
});

describe('progress', () => {
  /** Keeps what would be drawn. */
  function fakeLive() {
    const calls: string[] = [];
    let lines: (() => readonly string[]) | undefined;
    const live: Live = {
      start: (given) => void (lines = given),
      pause: () => void calls.push('pause'),
      resume: () => void calls.push('resume'),
      stop: () => void calls.push('stop'),
    };
    return { live, calls, drawn: () => lines?.() ?? [] };
  }

  function started(events: readonly Event[], columns = 60) {
    const fake = fakeLive();
    const output = new TerminalOutput(memorySink({ columns }), { verbosity: 0, live: fake.live, now: () => 13_000 });
    for (const event of [runStart(), ...events]) output.handle(event);
    return { ...fake, output };
  }

  const running = (host: string, time = 1000): Event => ({ type: 'host-start', taskId: 1, host, time });

  test.each<[string, Event[], string[]]>([
    ['nothing before the first task', [], []],
    ['one host', [playStart(['a']), taskStart(['a']), running('a')], ['Install · 12s']],
    [
      'several: how many are done, who is not',
      [
        playStart(['a', 'b', 'c']),
        taskStart(['a', 'b', 'c']),
        running('a'),
        running('b', 2000),
        running('c'),
        hostResult('a', { status: 'failed' }),
      ],
      ['Install · 1/3 hosts · 1 failed · 12s', '    c  12s', '    b  11s'],
    ],
    [
      'many',
      [playStart([...'abcdef']), taskStart([...'abcdef']), ...[...'abcdef'].map((host) => running(host))],
      ['Install · 0/6 hosts · 12s', '    a  12s', '    b  12s', '    c  12s', '    d  12s', '    and 2 more'],
    ],
    [
      'tries',
      [
        playStart(['a']),
        taskStart(['a']),
        running('a'),
        { type: 'retry', task: task(), host: 'a', left: 2, result: new Map() },
      ],
      ['Install · 12s', '    a  12s  trying again, 2 left'],
    ],
    ['nothing when all is done', [playStart(['a']), taskStart(['a']), running('a'), hostResult('a')], []],
  ])('%s', (_, events, lines) => {
    expect(started(events).drawn()).toEqual(lines);
  });

  test('fits beside the spinner, however narrow', () => {
    const named = task({ name: 'A task whose name says very much about it' });
    for (const columns of [20, 30, 50]) {
      const { drawn } = started([playStart(['a', 'b']), taskStart(['a', 'b'], named), running('a')], columns);
      expect(Math.max(...drawn().map((line) => [...line].length))).toBeLessThanOrEqual(columns - 1);
      expect(drawn()[0]!.length).toBeLessThanOrEqual(columns - 2);
    }
  });

  test('ends with the run, and when it is broken off', () => {
    const ended = started([playStart(['a']), runEnd()]);
    expect(ended.calls).toEqual(['stop']);
    const broken = started([playStart(['a']), taskStart(['a'])]);
    broken.output.close();
    expect(broken.calls).toEqual(['stop']);
  });

  test('leaves the terminal to a question, also one that fails', async () => {
    const { output, calls } = started([]);
    await expect(output.aside(async () => 'answer')).resolves.toBe('answer');
    await expect(output.aside(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(calls).toEqual(['pause', 'resume', 'pause', 'resume']);
  });
});

test.each([
  [{ a: { failed: 1 }, b: { ok: 1 } }, '✖ 1 of 2 hosts failed, 0 changed in 4.0s'],
  [{ a: { unreachable: 1 } }, '✖ 1 of 1 host unreachable, 0 changed in 4.0s'],
  [{ a: { failed: 1 }, b: { unreachable: 1 } }, '✖ 1 failed and 1 unreachable of 2 hosts, 0 changed in 4.0s'],
  [{ a: { ok: 1, changed: 1 } }, '✔ 1 host done, 1 changed in 4.0s'],
])('how it went: %j', (recap, line) => {
  expect(body([runStart(), playStart(['a']), runEnd(recap)])).toContain(line);
});
