import { describe, expect, test } from '@jest/globals';
import type { Event, HostResult, TaskInfo } from '../../../../src/engine/model/event.ts';
import { dict } from '../../../../src/engine/model/value.ts';
import { hostResult, itemResult, playStart, task, taskStart } from '../support.ts';
import { body } from './support.ts';

/** A play of these results, which are one task. */
function play(results: readonly Event[], of: TaskInfo = task()): Event[] {
  const hosts = [...new Set(results.flatMap((event) => ('host' in event && event.host ? [event.host] : [])))];
  return [playStart(hosts), taskStart(hosts, of), ...results];
}

function many(count: number, more: (index: number) => Partial<HostResult>): Event[] {
  return Array.from({ length: count }, (_, index) => ({ ...hostResult(`n${index}`), ...more(index) }) as Event);
}

const name = (summary: string, sign = '✔', title = 'Install') => `${sign} ${title.padEnd(38)}${summary}`;

describe('summary', () => {
  test.each<[string, Event[], string]>([
    ['one host needs no name', play([hostResult('a')]), name('ok')],
    ['ok is counted', play([hostResult('a'), hostResult('b')]), name('ok 2')],
    ['skipped', play([hostResult('a', { status: 'skipped' })]), name('skipped', '○')],
    [
      'changed hosts are named',
      play([hostResult('a', { status: 'changed' }), hostResult('b')]),
      name('changed a · ok 1', '●'),
    ],
    ['all of many are counted', play(many(9, () => ({ status: 'changed' }))), name('changed 9', '●')],
    [
      'many of more are cut',
      play(many(20, (index) => ({ status: index < 8 ? 'changed' : 'ok' }))),
      name('changed n0 n1 n2 n3 n4 +3 · ok 12', '●'),
    ],
    [
      'hosts in the order of the play',
      [
        playStart(['b', 'a']),
        taskStart(['b', 'a']),
        hostResult('a', { status: 'changed' }),
        hostResult('b', { status: 'changed' }),
      ],
      name('changed b a', '●'),
    ],
    [
      'what check mode foretells',
      play([hostResult('a', { status: 'changed', task: task({ checkMode: true }) })], task({ checkMode: true })),
      name('would change', '●'),
    ],
    ['what it cannot', play([hostResult('a', { status: 'unknown' })]), name('unknown', '?')],
    ['tries', play([hostResult('a', { result: { attempts: 3 } })]), name('ok · 3 tries')],
    ['time that was felt', play([hostResult('a', { time: 3400 })]), `${name('ok')}${' '.repeat(34)}2.4s`],
    [
      'a handler',
      play([hostResult('a', { task: task({ handler: true }) })], task({ handler: true })),
      name('ok', '✔', 'handler Install'),
    ],
    [
      'an include',
      [
        playStart(['a']),
        taskStart(['a']),
        { type: 'included', taskId: 1, file: '/r/tasks/x.yml', hosts: ['a'] },
        playStart([]),
      ],
      name('tasks/x.yml', '○'),
    ],
    [
      'a failure that nobody minds',
      play([hostResult('a', { status: 'failed', ignored: true })]),
      name('failed, ignored', '✖'),
    ],
  ])('%s', (_, events, line) => {
    expect(body(events)[0]).toBe(line);
  });
});

describe('details', () => {
  const changed = (host: string, ...changes: string[]) => hostResult(host, { status: 'changed', changes });
  const debug = task({ action: 'debug' });
  const diffTask = task({ diff: true });

  test.each<[string, Event[], string[]]>([
    ['a change of the one host', play([changed('a', 'write /x')]), ['    write /x']],
    ['the same for several, once', play([changed('a', 'write /x'), changed('b', 'write /x')]), ['    a b  write /x']],
    ['different ones', play([changed('a', 'p'), changed('b', 'q')]), ['    a  p', '    b  q']],
    ['several of one', play([changed('a', 'p', 'q', 'p'), hostResult('b')]), ['    a', '      p', '      q']],
    [
      'more than anybody reads',
      play([changed('a', ...'abcdefghijkl')]),
      [...'abcdefgh'].map((phrase) => `    ${phrase}`).concat('    and 4 more (-v shows all)'),
    ],
    ['a message', play([hostResult('a', { task: debug, result: { msg: 'one\ntwo' } })], debug), ['    one', '    two']],
    [
      'a structure',
      play([hostResult('a', { task: debug, result: { changed: false, x: dict({ p: [1, 'a\nb'] }) } })], debug),
      ['    x:', '      p:', '      - 1', '      - |-', '        a', '        b'],
    ],
    ['nothing of a debug that was skipped', play([hostResult('a', { task: debug, status: 'skipped' })], debug), []],
    [
      'a diff',
      play(
        [
          hostResult('a', {
            task: diffTask,
            status: 'changed',
            diffs: [{ before: 'a\n', after: 'b\n', afterHeader: '/x' }],
          }),
        ],
        diffTask,
      ),
      ['    /x', '    @@ -1 +1 @@', '    -a', '    +b'],
    ],
    [
      'a state',
      play(
        [
          hostResult('a', {
            task: diffTask,
            status: 'changed',
            diffs: [
              { before: dict({ path: '/x', mode: '0644' }), after: dict({ path: '/x', mode: '0600', owner: 'me' }) },
            ],
          }),
        ],
        diffTask,
      ),
      ['    /x', '      mode: 0644 → 0600', '      owner: me'],
    ],
    [
      'a loop: only what changed, and out of how many',
      play([
        itemResult('a', 'p', { status: 'changed', changes: ['make p'] }),
        itemResult('a', 'q'),
        itemResult('a', 'r', { status: 'skipped' }),
        hostResult('a', { looped: true, status: 'changed', result: { results: [] } }),
      ]),
      ['    ● p  make p', '    2 of 3 items ok or skipped'],
    ],
    [
      'items that are alike, once',
      play([
        ...['p', 'q', 'r'].map((item) => itemResult('a', item, { status: 'changed', changes: ['do it'] })),
        hostResult('a', { looped: true, status: 'changed', result: { results: [] } }),
      ]),
      ['    ● p, q, r  do it'],
    ],
    [
      'why it was ignored, briefly',
      play([hostResult('a', { status: 'failed', ignored: true, result: { msg: 'm', stderr: 'x\nwhy' } })]),
      ['    why'],
    ],
  ])('%s', (_, events, lines) => {
    expect(body(events).slice(1)).toEqual(lines);
  });

  test('-v shows results, the lines of a text once', () => {
    const result = hostResult('a', {
      result: { stdout: 'x\ny', stdout_lines: ['x', 'y'], changed: false, invocation: 1 },
    });
    expect(body(play([result]), { verbosity: 1 }).slice(1)).toEqual([
      '    stdout: |-',
      '      x',
      '      y',
      '    changed: false',
    ]);
  });
});

describe('failure', () => {
  const failed = hostResult('a', {
    status: 'failed',
    result: { msg: 'non-zero return code', rc: 3, stderr: 'no\nspace', stdout: 'begun' },
  });

  test('message, output, place', () => {
    expect(body(play([failed]))).toEqual([
      name('failed', '✖'),
      '    exit code 3',
      '    stderr',
      '    │ no',
      '    │ space',
      '    stdout',
      '    │ begun',
      '',
      '    at site.yml:3:7',
      '      2 │   tasks:',
      '    > 3 │     - name: Install',
      '        │       ^',
      '      4 │       command: "false"',
      '      5 │       vars:',
      '      6 │         deep: 1',
    ]);
  });

  test('what the message says is not said again', () => {
    const result = { msg: 'install failed: no space', rc: 1, stderr: 'no space\n' };
    const lines = body(play([hostResult('a', { status: 'failed', result })]));
    expect(lines.slice(1, 3)).toEqual(['    install failed: no space', '']);
  });

  test('of long output the end', () => {
    const stderr = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    const lines = body(play([hostResult('a', { status: 'failed', result: { msg: 'm', stderr } })]));
    expect(lines[2]).toBe('    stderr, last 15 of 40 lines (-v shows all)');
    expect(lines.filter((line) => line.includes('line '))).toHaveLength(15);
  });

  test('a source that is not there, or not to be seen, is only named', () => {
    const hidden = task({ noLog: true });
    const secret = play([hostResult('a', { status: 'failed', task: hidden, result: { censored: 'hidden' } })], hidden);
    for (const lines of [body(play([failed]), { readSource: () => undefined }), body(secret)]) {
      expect(lines.at(-1)).toBe('    at site.yml:3:7');
    }
  });

  test('an unreachable host', () => {
    const gone = hostResult('b', { status: 'unreachable', result: { msg: 'timed out' } });
    expect(body(play([hostResult('a'), gone]))).toEqual([name('unreachable b · ok 1', '✖'), '    b  timed out']);
  });
});

test('no line is wider than the terminal', () => {
  const long = 'word '.repeat(60);
  const results = [
    hostResult('a-host-with-a-long-name.example.org', { status: 'failed', result: { msg: long, stderr: long } }),
    hostResult('b', { status: 'changed', changes: [long] }),
  ];
  for (const columns of [20, 40, 80, 200]) {
    const lines = body(play(results, task({ name: long })), {}, { columns });
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  }
});
