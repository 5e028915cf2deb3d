import { expect, test } from '@jest/globals';
import type { HostResult } from '../../../../src/engine/model/event.ts';
import type { Value } from '../../../../src/engine/model/value.ts';
import { MinimalOutput } from '../../../../src/engine/output/ansible/minimal.ts';

function shown(action: string, status: HostResult['status'], result: Record<string, Value>, oneLine = false): string {
  let text = '';
  const sink = { out: (part: string) => void (text += part), err: () => undefined, columns: undefined };
  const position = { file: 'x', line: 1, column: 1 };
  new MinimalOutput(sink, { verbosity: 0, diff: false, oneLine }).handle({
    type: 'host-result',
    task: { id: 1, name: action, action, position, handler: false, checkMode: false, noLog: false, tags: [] },
    host: 'h',
    status,
    result: new Map<Value, Value>(Object.entries(result)),
    diffs: [],
    changes: [],
    time: 0,
    duration: 0,
    looped: false,
    ignored: false,
  });
  return text;
}

test.each<[string, HostResult['status'], Record<string, Value>, string, string]>([
  [
    'ping',
    'ok',
    { changed: false, ping: 'pong' },
    'h | SUCCESS => {\n    "changed": false,\n    "ping": "pong"\n}\n',
    'h | SUCCESS => {"changed": false,"ping": "pong"}\n',
  ],
  [
    'command',
    'changed',
    { rc: 0, stdout: 'a\nb', stderr: '' },
    'h | CHANGED | rc=0 >>\na\nb\n',
    'h | CHANGED | rc=0 | (stdout) a\\nb\n',
  ],
  [
    'ansible.builtin.shell',
    'failed',
    { rc: 1, stdout: '', stderr: 'no', msg: 'bad' },
    'h | FAILED | rc=1 >>\nnobad\n',
    'h | FAILED! => {"msg": "bad","rc": 1,"stderr": "no","stdout": ""}\n',
  ],
  [
    'fail',
    'failed',
    { changed: false, msg: 'x' },
    'h | FAILED! => {\n    "changed": false,\n    "msg": "x"\n}\n',
    'h | FAILED! => {"changed": false,"msg": "x"}\n',
  ],
  ['command', 'unreachable', { msg: 'x' }, 'h | UNREACHABLE! => {\n    "msg": "x"\n}\n', 'h | UNREACHABLE!: x\n'],
  ['ping', 'skipped', {}, 'h | SKIPPED\n', 'h | SKIPPED\n'],
])('%s that is %s', (action, status, result, long, short) => {
  expect(shown(action, status, result)).toBe(long);
  expect(shown(action, status, result, true)).toBe(short);
});

test('what a host says cannot drive the terminal', () => {
  expect(shown('command', 'changed', { rc: 0, stdout: 'a\x1b[2Jb' })).not.toContain('\x1b');
});
