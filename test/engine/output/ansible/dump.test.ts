import { expect, test } from '@jest/globals';
import { Callable, dict, Float, Undefined, type Value } from '../../../../src/engine/model/value.ts';
import { dumpResult } from '../../../../src/engine/output/ansible/dump.ts';

test.each<[string, Record<string, Value>, string]>([
  ['sorted', { b: 1, a: 'x' }, '{"a": "x", "b": 1}'],
  ['without what the line says', { failed: true, skipped: true, warnings: ['w'], msg: 'm' }, '{"msg": "m"}'],
  ['without internal keys at any depth', { _ansible_x: 1, a: [dict({ _ansible_y: 1, b: 2 })] }, '{"a": [{"b": 2}]}'],
  ['without how it was called', { invocation: dict({ module_args: null }), diff: 'd' }, '{}'],
  [
    'keys of any kind',
    {
      a: new Map<Value, Value>([
        [2, 'x'],
        ['b', 1],
        [null, 0],
      ]),
    },
    '{"a": {"2": "x", "b": 1, "null": 0}}',
  ],
  ['numbers', { a: new Float(2), b: 1.5, c: 10n ** 20n }, '{"a": 2.0, "b": 1.5, "c": 100000000000000000000}'],
  ['bytes', { a: Buffer.from('ü') }, '{"a": "ü"}'],
  [
    'what is no value',
    { a: new Undefined('gone'), b: new Callable('f', () => null) },
    '{"a": "gone", "b": "<function f>"}',
  ],
  ['control characters', { a: '\u001b[31m\u009b\n' }, '{"a": "\\u001b[31m\\u009b\\n"}'],
])('JSON %s', (_, result, text) => {
  expect(dumpResult(dict(result), { verbosity: 0 })).toBe(text);
});

test.each<[string, Record<string, Value>, boolean | undefined, string]>([
  ['text', { msg: 'hi' }, undefined, '\n    msg: hi\n'],
  ['lines as a block', { msg: 'a\nb' }, undefined, '\n    msg: |-\n        a\n        b\n'],
  ['an ended block', { msg: 'a\n\nb\n' }, undefined, '\n    msg: |-\n        a\n\n        b\n'],
  ['a block that begins with blanks', { msg: '  a\nb' }, undefined, '\n    msg: |4-\n          a\n        b\n'],
  ['lists', { cmd: ['echo', 'x'] }, undefined, '\n    cmd:\n    - echo\n    - x\n'],
  ['lines once', { stdout: 'x', stdout_lines: ['x'] }, undefined, '\n    stdout: x\n    stdout_lines: <omitted>\n'],
  ['all of it', { stdout: 'x', stdout_lines: ['x'] }, false, '\n    stdout: x\n    stdout_lines:\n    - x\n'],
  ['control characters', { msg: 'a\u001b[2J' }, undefined, '\n    msg: "a\\e[2J"\n'],
])('YAML %s', (_, result, pretty, text) => {
  expect(dumpResult(dict(result), { verbosity: 0, format: 'yaml', pretty })).toBe(text);
});

test('-vvv says how it was called, over several lines', () => {
  const result = dict({ invocation: dict({ module_args: null }) });
  expect(dumpResult(result, { verbosity: 3 })).toBe('{\n    "invocation": {\n        "module_args": null\n    }\n}');
});
