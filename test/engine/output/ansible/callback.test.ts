import { describe, expect, test } from '@jest/globals';
import type { Event } from '../../../../src/engine/model/event.ts';
import { AnsibleOutput } from '../../../../src/engine/output/ansible/callback.ts';
import type { CallbackOptions } from '../../../../src/engine/output/ansible/options.ts';
import { hostResult, itemResult, memorySink, playStart, runEnd, runStart, task, taskStart } from '../support.ts';

function write(events: readonly Event[], options: Partial<CallbackOptions> = {}): { out: string; err: string } {
  const sink = memorySink();
  const output = new AnsibleOutput(sink, { verbosity: 0, diff: false, ...options });
  for (const event of events) output.handle(event);
  return sink.written;
}

const debug = task({ action: 'debug', name: 'debug' });
const looped = { looped: true, result: { results: [], msg: 'All items completed', changed: false } };

describe('lines on standard output', () => {
  test.each<[string, Event, string]>([
    ['ok', hostResult('h'), 'ok: [h]\n'],
    ['changed', hostResult('h', { status: 'changed' }), 'changed: [h]\n'],
    ['skipped', hostResult('h', { status: 'skipped' }), 'skipping: [h]\n'],
    ['what check mode cannot tell', hostResult('h', { status: 'unknown' }), 'skipping: [h]\n'],
    [
      'failed',
      hostResult('h', { status: 'failed', result: { msg: 'no', changed: false, failed: true } }),
      'fatal: [h]: FAILED! => {"changed": false, "msg": "no"}\n',
    ],
    [
      'failed and ignored',
      hostResult('h', { status: 'failed', ignored: true, result: { msg: 'no' } }),
      'fatal: [h]: FAILED! => {"msg": "no"}\n...ignoring\n',
    ],
    [
      'unreachable',
      hostResult('h', { status: 'unreachable', result: { msg: 'gone', unreachable: true } }),
      'fatal: [h]: UNREACHABLE! => {"msg": "gone", "unreachable": true}\n',
    ],
    ['delegated', hostResult('h', { delegatedTo: 'd' }), 'ok: [h -> d]\n'],
    ['delegated and skipped', hostResult('h', { status: 'skipped', delegatedTo: 'd' }), 'skipping: [h]\n'],
    [
      'debug',
      hostResult('h', { task: debug, result: { msg: 'hi', changed: false } }),
      'ok: [h] => {\n    "msg": "hi"\n}\n',
    ],
    [
      'debug of a variable',
      hostResult('h', { task: debug, result: { x: ['ü', 2], changed: false, failed: false } }),
      'ok: [h] => {\n    "x": [\n        "ü",\n        2\n    ]\n}\n',
    ],
    [
      'assert that failed',
      hostResult('h', { task: task({ action: 'assert' }), status: 'failed', result: { assertion: 'a', msg: 'm' } }),
      'fatal: [h]: FAILED! => {\n    "assertion": "a",\n    "msg": "m"\n}\n',
    ],
    ['an item', itemResult('h', 'a', { status: 'changed' }), 'changed: [h] => (item=a)\n'],
    ['a skipped item', itemResult('h', 'a', { status: 'skipped' }), 'skipping: [h] => (item=a) \n'],
    [
      'a failed item',
      itemResult('h', 'a', { status: 'failed', result: { msg: 'no' } }),
      'failed: [h] (item=a) => {"item": "a", "msg": "no"}\n',
    ],
    ['an item of a secret task', itemResult('h', 'x', { task: task({ noLog: true }) }), 'ok: [h] => (item=None)\n'],
    ['a loop, whose items were said', hostResult('h', looped), ''],
    ['a loop that failed', hostResult('h', { ...looped, status: 'failed' }), ''],
    [
      'a loop of debug that failed',
      hostResult('h', { ...looped, task: debug, status: 'failed' }),
      'fatal: [h]: FAILED! => {"msg": "All items completed"}\n',
    ],
    [
      'a retry',
      { type: 'retry', task: task(), host: 'h', left: 1, result: new Map() },
      'FAILED - RETRYING: [h]: Install (1 retries left).\n',
    ],
    ['no hosts', { type: 'no-hosts', matched: false }, 'skipping: no hosts matched\n'],
    ['a meta action, quietly', { type: 'meta', message: 'noop' }, ''],
  ])('%s', (_, event, out) => {
    const start = taskStart(['h'], 'task' in event ? event.task : task());
    const before = write([start]).out;
    expect(write([start, event]).out.slice(before.length)).toBe(out);
  });
});

test('a whole run', () => {
  const events = [
    runStart(),
    playStart(['h']),
    taskStart(['h']),
    hostResult('h', { status: 'changed' }),
    runEnd({ h: { ok: 1, changed: 1, unknown: 2, skipped: 1 } }),
  ];
  expect(write(events).out).toBe(`
PLAY [Web] *********************************************************************

TASK [Install] *****************************************************************
changed: [h]

PLAY RECAP *********************************************************************
h                          : ok=1    changed=1    unreachable=0    failed=0    skipped=3    rescued=0    ignored=0   

`);
});

test('a failure says on standard error where it stands, unless Ansible alone is wanted', () => {
  const events = [taskStart(['h']), hostResult('h', { status: 'failed' })];
  expect(write(events, { positions: true }).err).toBe('site.yml:3:7: task "Install" failed on h\n');
  expect(write(events).err).toBe('');
});

test('warnings are wrapped, and said once', () => {
  const warning: Event = { type: 'warning', message: `${'word '.repeat(20)}end` };
  const { out, err } = write([warning, warning]);
  expect(out).toBe('');
  expect(err).toBe(`[WARNING]: ${'word '.repeat(13).trim()}\n${'word '.repeat(7)}end\n`);
});

test('with strategy free the banner comes with the result, again where tasks mix', () => {
  const second = task({ id: 2, name: 'Second' });
  const events = [
    playStart(['a', 'b'], { strategy: 'free' }),
    taskStart(['a']),
    taskStart(['b']),
    hostResult('a'),
    taskStart(['a'], second),
    hostResult('a', { task: second }),
    hostResult('b'),
  ];
  const lines = write(events)
    .out.split('\n')
    .filter((line) => !line.startsWith('PLAY') && line !== '');
  expect(lines.map((line) => line.replace(/ \*+$/, ''))).toEqual([
    'TASK [Install]',
    'ok: [a]',
    'TASK [Second]',
    'ok: [a]',
    'TASK [Install]',
    'ok: [b]',
  ]);
});

describe('settings', () => {
  const results = [
    taskStart(['a', 'b', 'c', 'd']),
    hostResult('a'),
    hostResult('b', { status: 'skipped' }),
    hostResult('c', { status: 'failed', result: { msg: 'm' } }),
  ];
  const title = '\nTASK [Install] *****************************************************************\n';

  test.each<[string, Partial<CallbackOptions>, string, string]>([
    ['default', {}, `${title}ok: [a]\nskipping: [b]\nfatal: [c]: FAILED! => {"msg": "m"}\n`, ''],
    ['no ok', { showOk: false }, `${title}skipping: [b]\nfatal: [c]: FAILED! => {"msg": "m"}\n`, ''],
    ['no skipped', { showSkipped: false }, `${title}ok: [a]\nfatal: [c]: FAILED! => {"msg": "m"}\n`, ''],
    ['neither', { showOk: false, showSkipped: false }, `${title}fatal: [c]: FAILED! => {"msg": "m"}\n`, ''],
    [
      'failures to standard error',
      { failedToStderr: true },
      `${title}ok: [a]\nskipping: [b]\n`,
      'fatal: [c]: FAILED! => {"msg": "m"}\n',
    ],
    [
      'the path of failures',
      { pathOnFailure: true, directory: '/p' },
      `${title}ok: [a]\nskipping: [b]\ntask path: /p/site.yml:3\nfatal: [c]: FAILED! => {"msg": "m"}\n`,
      '',
    ],
    ['YAML', { format: 'yaml' }, `${title}ok: [a]\nskipping: [b]\nfatal: [c]: FAILED! => \n    msg: m\n`, ''],
    [
      'verbose',
      { verbosity: 1 },
      `${title}ok: [a] => {}\nskipping: [b] => {}\nfatal: [c]: FAILED! => {"msg": "m"}\n`,
      '',
    ],
    [
      'colours',
      { colors: true },
      `${title}\u001b[0;32mok: [a]\u001b[0m\n\u001b[0;36mskipping: [b]\u001b[0m\n\u001b[0;31mfatal: [c]: FAILED! => {"msg": "m"}\u001b[0m\n`,
      '',
    ],
  ])('%s', (_, options, out, err) => {
    expect(write(results, options)).toEqual({ out, err });
  });

  test('markers of check mode', () => {
    const events = [
      runStart(true),
      playStart(['h'], { checkMode: true }),
      taskStart(['h'], task({ checkMode: true })),
      runEnd(),
    ];
    const titles = write(events, { checkMarkers: true }).out.match(/^[A-Z].*?(?= \*)/gm);
    expect(titles).toEqual([
      'DRY RUN',
      'PLAY [Web] [CHECK MODE]',
      'TASK [Install] [CHECK MODE]',
      'PLAY RECAP',
      'DRY RUN',
    ]);
  });

  test('custom stats', () => {
    const { out } = write([runEnd({}, { h: { a: 1 }, _run: { b: [1, 2] } })], { customStats: true });
    expect(out.split('\n').filter((line) => line.startsWith('\t'))).toEqual([
      '\th: { "a": 1}',
      '\tRUN: { "b": [  1,  2 ]}',
    ]);
  });
});

describe('diffs', () => {
  const diffs = [{ before: 'a\n', after: 'b\n' }];
  const wanted = task({ diff: true });
  test.each([
    ['of what changed', hostResult('h', { task: wanted, status: 'changed', diffs }), true],
    ['not of what did not', hostResult('h', { task: wanted, status: 'ok', diffs }), false],
    ['not unless wanted', hostResult('h', { task: task({ diff: false }), status: 'changed', diffs }), false],
  ])('%s', (_, event, shown) => {
    expect(write([taskStart(['h'], event.task), event], { diff: true }).out.includes('+b\n\nchanged: [h]')).toBe(shown);
  });
});
