import { describe, expect, test } from '@jest/globals';
import type { Raw } from '../../../src/engine/model/value.ts';
import { lineinfile } from '../../../src/engine/modules/lineinfile.ts';
import { planOf, written } from './support.ts';

const text = 'one\ntwo\nthree\n';

const edits: { args: Record<string, Raw>; from?: string; to: string | undefined; msg?: string }[] = [
  { args: { line: 'four' }, to: 'one\ntwo\nthree\nfour\n', msg: 'line added' },
  { args: { line: 'two' }, to: undefined, msg: '' },
  { args: { line: 'four' }, from: 'one', to: 'one\nfour\n' },
  { args: { line: 'x', regexp: '^t' }, to: 'one\ntwo\nx\n', msg: 'line replaced' },
  { args: { line: 'x', regexp: '^t', firstmatch: true }, to: 'one\nx\nthree\n' },
  { args: { line: 'x', search_string: 'wo' }, to: 'one\nx\nthree\n' },
  { args: { line: '<\\1>', regexp: 't(w)o', backrefs: true }, to: 'one\n<w>\nthree\n' },
  { args: { line: '\\1', regexp: 'nothing(.)', backrefs: true }, to: undefined },
  { args: { line: 'x', insertbefore: 'BOF' }, to: 'x\none\ntwo\nthree\n' },
  { args: { line: 'x', insertafter: 'EOF' }, to: 'one\ntwo\nthree\nx\n' },
  { args: { line: 'x', insertafter: '^o' }, to: 'one\nx\ntwo\nthree\n' },
  { args: { line: 'x', insertafter: '^t' }, to: 'one\ntwo\nthree\nx\n' },
  { args: { line: 'x', insertafter: '^t', firstmatch: true }, to: 'one\ntwo\nx\nthree\n' },
  { args: { line: 'x', insertbefore: '^t' }, to: 'one\ntwo\nx\nthree\n' },
  { args: { line: 'x', insertbefore: '^t', firstmatch: true }, to: 'one\nx\ntwo\nthree\n' },
  { args: { line: 'x', insertbefore: 'nothing' }, to: 'one\ntwo\nthree\nx\n' },
  { args: { line: 'x', regexp: '^nothing', insertafter: '^one' }, to: 'one\nx\ntwo\nthree\n' },
  { args: { line: 'two', insertafter: '^three' }, to: undefined },
  { args: { line: 'three' }, from: 'one\nthree', to: 'one\nthree\n', msg: 'line replaced' },
  { args: { state: 'absent', regexp: '^t' }, to: 'one\n', msg: '2 line(s) removed' },
  { args: { state: 'absent', line: 'two' }, to: 'one\nthree\n', msg: '1 line(s) removed' },
  { args: { state: 'absent', search_string: 'zzz' }, to: undefined, msg: '' },
];

test.each(edits)('$args', async ({ args, from = text, to, msg }) => {
  const { plan } = await planOf(lineinfile, { path: '/f', ...args }, { files: { '/f': from } });
  expect(plan.failed).toBeUndefined();
  expect(written(plan, '/f')).toBe(to);
  if (msg !== undefined) expect(plan.result?.['msg']).toBe(msg);
});

// A pattern that does not find what it wrote finds another line the next time: that is the task's own mistake.
const settling = edits.filter(
  ({ to, args }) => to !== undefined && args['regexp'] === undefined && args['search_string'] === undefined,
);

test.each(settling)('$args: a second time nothing', async ({ args, to }) => {
  const { changes } = await planOf(lineinfile, { path: '/f', ...args }, { files: { '/f': to! } });
  expect(changes).toEqual([]);
});

const refusals: { args: Record<string, Raw>; failed: string }[] = [
  { args: { path: '/none', line: 'x' }, failed: 'Destination /none does not exist !' },
  { args: { path: '/', line: 'x' }, failed: 'Path / is a directory !' },
  { args: { path: '/f', line: 'x', backrefs: true }, failed: 'regexp is required with backrefs=true' },
  { args: { path: '/f' }, failed: 'line is required with state=present' },
  {
    args: { path: '/f', state: 'absent' },
    failed: 'one of line, search_string, or regexp is required with state=absent',
  },
  { args: { path: '/f', line: 'x', validate: 'visudo' }, failed: 'validate must contain %s: visudo' },
];

test.each(refusals)('$failed', async ({ args, failed }) => {
  const { plan } = await planOf(lineinfile, args, { files: { '/f': text } });
  expect(plan.failed).toBe(failed);
});

describe('the file around the line', () => {
  test('is made with its folders', async () => {
    const { changes } = await planOf(
      lineinfile,
      { path: '/a/b/f', line: 'x', create: true, mode: '0600' },
      { files: { '/x': '' } },
    );
    expect(changes).toEqual(['directory /a 755', 'directory /a/b 755', 'write /a/b/f 600']);
  });

  test('is the one that a link leads to', async () => {
    const files = { '/etc/real': text, '/etc/link': { kind: 'link', target: 'real' } } as const;
    const { changes } = await planOf(lineinfile, { path: '/etc/link', line: 'x' }, { files });
    expect(changes).toEqual(['write /etc/real']);
  });

  test('gets its mode even where the line is there', async () => {
    const { plan, changes } = await planOf(
      lineinfile,
      { path: '/f', line: 'two', mode: '0600' },
      { files: { '/f': text } },
    );
    expect(changes).toEqual(['attributes /f 600']);
    expect(plan.result?.['msg']).toBe('ownership, perms or SE linux context changed');
  });

  test('keeps bytes that are no UTF-8', async () => {
    const content = Buffer.from([0xff, 0x0a, 0x62, 0x0a]);
    const { plan } = await planOf(lineinfile, { path: '/f', line: 'é', regexp: '^b' }, { files: { '/f': content } });
    const [change] = plan.changes;
    const bytes = change?.kind === 'write' && 'bytes' in change.content ? change.content.bytes : undefined;
    expect(bytes).toEqual(Buffer.from([0xff, 0x0a, 0xc3, 0xa9, 0x0a]));
  });
});
