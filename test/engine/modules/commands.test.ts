import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/engine/model/change.ts';
import type { Raw } from '../../../src/engine/model/value.ts';
import { command } from '../../../src/engine/modules/command.ts';
import { durationText, splitLines, timeText } from '../../../src/engine/modules/commands/output.ts';
import { splitCommand } from '../../../src/engine/modules/commands/shlex.ts';
import { script } from '../../../src/engine/modules/script.ts';
import { shell } from '../../../src/engine/modules/shell.ts';
import { planOf } from './support.ts';

test.each<[string, string[]]>([
  ['echo hi', ['echo', 'hi']],
  ["  a 'b c'  d\\ e ", ['a', 'b c', 'd e']],
  ['x "a \\"b\\" \\n" \'it\'"s"', ['x', 'a "b" \\n', 'its']],
  ["a '' b", ['a', '', 'b']],
  ['a; b | c > $d', ['a;', 'b', '|', 'c', '>', '$d']],
])('words of %p', (text, words) => {
  expect(splitCommand(text)).toEqual(words);
});

test.each([
  ["a 'b", 'No closing quotation'],
  ['a \\', 'No escaped character'],
])('%p is no command', (text, message) => {
  expect(() => splitCommand(text)).toThrow(message);
});

test.each<[string, string[]]>([
  ['', []],
  ['a\nb\n', ['a', 'b']],
  ['a\r\nb\rc', ['a', 'b', 'c']],
  ['\n\na', ['', '', 'a']],
])('lines of %p', (text, lines) => {
  expect(splitLines(text)).toEqual(lines);
});

test('times as Python prints them', () => {
  expect(timeText(new Date(2025, 0, 2, 3, 4, 5).getTime() / 1000 + 0.25)).toBe('2025-01-02 03:04:05.250000');
  expect([durationText(1.5), durationText(3661.000001), durationText(90000)]).toEqual([
    '0:00:01.500000',
    '1:01:01.000001',
    '1 day, 1:00:00.000000',
  ]);
});

const there: [RegExp, number][] = [
  [/p='\/there/, 0],
  [/p='/, 1],
];

describe('what is run', () => {
  const test_ = "command -v 'ls' >/dev/null 2>&1 || { printf %s 'tsplay: no such program' >&2; exit 127; }";

  test.each<[Record<string, Raw>, string[]]>([
    [{ _raw_params: "ls '/a b'" }, [`run ${test_}; then ["ls","/a b"]`]],
    [{ argv: ['ls', '-l'] }, [`run ${test_}; then ["ls","-l"]`]],
    [{ _raw_params: 'ls ~', expand_argument_vars: false }, [`run ${test_}; then ["ls","~"]`]],
    [{ _raw_params: 'ls ~' }, [`run ${test_}; then ["ls","/root"]`]],
    [{ _raw_params: 'ls', creates: '/there*' }, []],
    [{ _raw_params: 'ls', removes: '/none' }, []],
    [{ _raw_params: 'ls', removes: '/there' }, [`run ${test_}; then ["ls"]`]],
  ])('command %p', async (args, changes) => {
    expect((await planOf(command, args, { answers: there })).changes).toEqual(changes);
  });

  test('shell gives the whole text to one shell', async () => {
    const { changes } = await planOf(shell, { _raw_params: "echo 'a' | cat", executable: '/bin/bash' });
    expect(changes).toEqual([expect.stringMatching(/; then \["\/bin\/bash","-c","echo 'a' \| cat"\]$/)]);
  });

  test.each<[Record<string, Raw>, string | undefined]>([
    [{ stdin: 'abc' }, 'abc\n'],
    [{ stdin: 'abc', stdin_add_newline: false }, 'abc'],
    [{}, undefined],
  ])('standard input of %p', async (args, expected) => {
    const { plan } = await planOf(shell, { _raw_params: 'cat', ...args });
    const [change] = plan.changes;
    expect(change?.kind === 'run' ? change.stdin?.toString() : 'no run').toBe(expected);
  });

  test.each<[Record<string, Raw>, string]>([
    [{}, 'opaque'],
    [{ creates: '/none' }, 'known'],
  ])('the effect of %p', async (args, effect) => {
    const { plan } = await planOf(shell, { _raw_params: 'x', ...args }, { answers: there });
    expect(plan.changes).toMatchObject([{ kind: 'run', effect, isolated: true }]);
  });

  test.each<[Record<string, Raw>, string]>([
    [{}, 'no command given'],
    [{ _raw_params: ' ' }, 'no command given'],
    [{ _raw_params: 'a', argv: ['b'] }, 'only command or argv can be given, not both'],
  ])('command refuses %p', async (args, failed) => {
    expect((await planOf(command, args)).plan.failed).toBe(failed);
  });
});

describe('what is said when nothing has to run', () => {
  test.each<[Record<string, Raw>, boolean, string]>([
    [{ creates: '/there' }, false, "Did not run command since '/there' exists"],
    [{ creates: '/there' }, true, "Would not run command since '/there' exists"],
    [{ removes: '/none' }, false, "Did not run command since '/none' does not exist"],
  ])('%p', async (args, checkMode, msg) => {
    const { plan } = await planOf(command, { _raw_params: 'ls', ...args }, { answers: there }, { checkMode });
    expect(plan.result).toMatchObject({ msg, rc: 0, cmd: ['ls'] });
  });
});

function outcome(rc: number, stdout: string | Buffer = '', stderr = ''): Outcome {
  return { rc, stdout: Buffer.from(stdout as string), stderr: Buffer.from(stderr), start: 10, end: 11.5 };
}

describe('results', () => {
  const reported = async (args: Record<string, Raw>, of: Outcome) => {
    const defaults = { strip_empty_ends: true, chdir: '/none', _raw_params: 'ls', ...args } as never;
    return command.report!(defaults, {} as never, [of], { words: ['ls'], checkMode: false });
  };

  test.each<[Outcome, Record<string, unknown>, string | undefined]>([
    [outcome(0, 'a\nb\n\n'), { stdout: 'a\nb', stdout_lines: ['a', 'b'], rc: 0, delta: '0:00:01.500000' }, undefined],
    [outcome(2, '', 'bad\n'), { stderr: 'bad', stderr_lines: ['bad'], rc: 2 }, 'non-zero return code'],
    [outcome(0, Buffer.from([0x61, 0xff])), { stdout: 'a\ufffd' }, undefined],
    [outcome(127, '', 'sh: ls: not found'), { rc: 127 }, 'non-zero return code'],
    [outcome(127, '', 'tsplay: no such program'), { rc: 2 }, "[Errno 2] No such file or directory: b'ls'"],
    [outcome(126, '', 'tsplay: not executable'), { rc: 13 }, "[Errno 13] Permission denied: b'ls'"],
    [
      outcome(127, '', 'tsplay: no such folder'),
      { rc: null },
      "Unable to change directory before execution: [Errno 2] No such file or directory: b'/none'",
    ],
  ])('%#', async (of, result, failed) => {
    const report = await reported({}, of);
    expect(report.result).toMatchObject(result);
    expect(report.failed).toBe(failed);
  });
});

describe('script', () => {
  const controller = {
    find: (_: string, name: string) => `/roles/x/files/${name}`,
    readFile: () => Buffer.from('#!/bin/sh\n'),
  };

  test('is given on standard input and run with its words', async () => {
    const { plan } = await planOf(script, { _raw_params: "run.sh 'a b'" }, {}, controller);
    const [change] = plan.changes;
    expect(change).toMatchObject({ kind: 'run', stdin: Buffer.from('#!/bin/sh\n'), effect: 'opaque' });
    expect(change?.kind === 'run' && change.script.text).toContain(`"$d"/'run.sh' 'a b' </dev/null`);
  });

  test('is left out where creates is there', async () => {
    const { plan } = await planOf(script, { _raw_params: 'run.sh', creates: '/there' }, { answers: there }, controller);
    expect([plan.skipped, plan.result]).toEqual([true, { msg: '/there exists, matching creates option' }]);
  });
});
