import { expect, test } from '@jest/globals';
import type { Raw } from '../../../src/engine/model/value.ts';
import { blockinfile } from '../../../src/engine/modules/blockinfile.ts';
import { planOf, written } from './support.ts';

const begin = '# BEGIN ANSIBLE MANAGED BLOCK\n';
const end = '# END ANSIBLE MANAGED BLOCK\n';
const block = `${begin}x\n${end}`;

const edits: { args: Record<string, Raw>; from: string; to: string | undefined; msg?: string }[] = [
  { args: { block: 'x' }, from: 'a\n', to: `a\n${block}`, msg: 'Block inserted' },
  { args: { block: 'x' }, from: 'a', to: `a\n${block}` },
  { args: { block: 'x' }, from: `a\n${block}b\n`, to: undefined, msg: '' },
  { args: { block: 'x' }, from: `a\n${begin}old\n${end}b\n`, to: `a\n${block}b\n` },
  { args: { block: '' }, from: `a\n${block}b\n`, to: 'a\nb\n', msg: 'Block removed' },
  { args: { state: 'absent' }, from: `a\n${block}`, to: 'a\n', msg: 'Block removed' },
  { args: { state: 'absent' }, from: 'a\n', to: undefined },
  { args: { block: 'x', insertbefore: 'BOF' }, from: 'a\n', to: `${block}a\n` },
  { args: { block: 'x', insertafter: '^a' }, from: 'a\nb\na\nc\n', to: `a\nb\na\n${block}c\n` },
  { args: { block: 'x', insertbefore: '^b' }, from: 'a\nb\n', to: `a\n${block}b\n` },
  { args: { block: 'x', insertafter: 'zzz' }, from: 'a\nb\n', to: `a\nb\n${block}` },
  { args: { block: 'x', insertafter: '(?m)^a\\nb$' }, from: 'a\nb\nc\n', to: `a\nb\n${block}c\n` },
  {
    args: { block: 'x', prepend_newline: true, append_newline: true, insertafter: '^a' },
    from: 'a\nb\n',
    to: `a\n\n${block}\nb\n`,
  },
  { args: { block: 'x', marker: '; {mark}', marker_begin: '<', marker_end: '>' }, from: '', to: '; <\nx\n; >\n' },
];

test.each(edits)('$args on $from', async ({ args, from, to, msg }) => {
  const { plan } = await planOf(blockinfile, { path: '/f', ...args }, { files: { '/f': from } });
  expect(plan.failed).toBeUndefined();
  expect(written(plan, '/f')).toBe(to);
  if (msg !== undefined) expect(plan.result?.['msg']).toBe(msg);
});

test.each(edits.filter(({ to }) => to !== undefined))('$args: a second time nothing', async ({ args, to }) => {
  const { changes } = await planOf(blockinfile, { path: '/f', ...args }, { files: { '/f': to! } });
  expect(changes).toEqual([]);
});

test.each<[Record<string, Raw>, string | undefined, string[]]>([
  [{ block: 'x' }, 'Path /none does not exist !', []],
  [{ block: 'x', create: true }, undefined, ['write /none 644']],
  [{ state: 'absent' }, undefined, []],
])('no file: %p', async (args, failed, expected) => {
  const { plan, changes } = await planOf(blockinfile, { path: '/none', ...args }, { files: { '/f': '' } });
  expect([plan.failed, changes]).toEqual([failed, expected]);
});
