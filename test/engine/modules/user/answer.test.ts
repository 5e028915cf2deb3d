import { describe, expect, test } from '@jest/globals';
import { cutJson, readAnswer } from '../../../../src/engine/modules/user/answer.ts';

function answer(stdout: string, stderr = '', rc = 0) {
  return readAnswer({ rc, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) });
}

describe('the JSON in an output', () => {
  test.each([
    ['{"a": 1}', '{"a": 1}', ''],
    ['motd\n  {"a": 1}\n', '  {"a": 1}', ''],
    ['{\n"a": 1\n}\nbye\nnow\n', '{\n"a": 1\n}', 'bye\nnow'],
  ])('%j', (output, json, junk) => {
    expect(cutJson(output)).toEqual({ json, junk });
  });

  test.each([
    ['', 'No start of json char found'],
    ['[1]', 'No start of json char found'],
    ['{"a": 1', 'No end of json char found'],
  ])('%j has none', (output, message) => {
    expect(() => cutJson(output)).toThrow(message);
  });
});

describe('an answer', () => {
  test.each([
    ['{}', { changed: false, failed: undefined, skipped: undefined }],
    ['{"changed": 1, "skipped": true}', { changed: true, skipped: true }],
    ['{"failed": true, "msg": "no"}', { failed: 'no' }],
    ['{"failed": true, "msg": {"a": 1}}', { failed: '' }],
    ['{"rc": 2}', { failed: '' }],
    ['{"rc": "0"}', { failed: undefined }],
    ['{"rc": 2, "failed": false}', { failed: undefined }],
    [
      '{"warnings": ["a", ""], "_ansible_tmp": 1}',
      { warnings: ['a', 'Removed unexpected internal key in module return: _ansible_tmp = 1'] },
    ],
    ['{"add_host": {}}', { result: {} }],
    ['{"stdout": "a\\nb", "deprecations": []}', { result: { stdout: 'a\nb', stdout_lines: ['a', 'b'] } }],
    ['{"results": "x"}', { result: { ansible_module_results: 'x' } }],
    [
      '{"diff": {"before": "a", "after": "b", "before_header": "h"}}',
      { diffs: [{ before: 'a', after: 'b', beforeHeader: 'h' }] },
    ],
    ['{"diff": [{"prepared": "p"}, 1]}', { diffs: [{ before: '', after: '', prepared: 'p' }] }],
  ])('%s', (output, expected) => {
    expect(answer(output)).toMatchObject(expected);
  });

  test.each([
    ['oops', '', 'MODULE FAILURE: No start of json char found\nSee stdout/stderr for the exact error'],
    ['{"a": }', '', expect.stringContaining('MODULE FAILURE: ')],
  ])('%j is none', (stdout, stderr, failed) => {
    expect(answer(stdout, stderr, 3)).toMatchObject({
      failed,
      changed: false,
      result: { module_stdout: stdout, module_stderr: stderr, rc: 3 },
    });
  });

  test('a traceback is told as one', () => {
    expect(answer('', 'Traceback (most recent call last):', 1).result).toMatchObject({
      exception: 'Traceback (most recent call last):',
    });
  });
});
