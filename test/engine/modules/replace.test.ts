import { expect, test } from '@jest/globals';
import type { Raw } from '../../../src/engine/model/value.ts';
import { replace } from '../../../src/engine/modules/replace.ts';
import { planOf, written } from './support.ts';

const cases: { args: Record<string, Raw>; from: string; to: string | undefined; msg: string }[] = [
  { args: { regexp: 'a', replace: 'b' }, from: 'aa\na\n', to: 'bb\nb\n', msg: '3 replacements made' },
  { args: { regexp: '^(\\w+)$', replace: '<\\1>' }, from: 'x\ny\n', to: '<x>\n<y>\n', msg: '2 replacements made' },
  { args: { regexp: 'x' }, from: 'axb', to: 'ab', msg: '1 replacements made' },
  { args: { regexp: 'zzz' }, from: 'a', to: undefined, msg: '' },
  { args: { regexp: 'a', replace: 'a' }, from: 'a', to: undefined, msg: '' },
  { args: { regexp: 'a', replace: 'b', after: 'S' }, from: 'aSaa', to: 'aSbb', msg: '2 replacements made' },
  { args: { regexp: 'a', replace: 'b', before: 'E' }, from: 'aaEa', to: 'bbEa', msg: '2 replacements made' },
  {
    args: { regexp: 'a', replace: 'b', after: 'S', before: 'E' },
    from: 'aS\na\nEa',
    to: 'aS\nb\nEa',
    msg: '1 replacements made',
  },
  {
    args: { regexp: 'a', after: 'no' },
    from: 'a',
    to: undefined,
    msg: 'Pattern for before/after params did not match the given file: no(?P<subsection>.*)',
  },
];

test.each(cases)('$args on $from', async ({ args, from, to, msg }) => {
  const { plan } = await planOf(replace, { path: '/f', ...args }, { files: { '/f': from } });
  expect(plan.failed).toBeUndefined();
  expect(written(plan, '/f')).toBe(to);
  expect(plan.result?.['msg']).toBe(msg);
});

test.each([
  ['/none', 'Path /none does not exist !'],
  ['/', 'Path / is a directory !'],
])('%s', async (path, failed) => {
  const { plan } = await planOf(replace, { path, regexp: 'a' }, { files: { '/f': '' } });
  expect(plan.failed).toBe(failed);
});

test('a replacement that is wrong', async () => {
  const { plan } = await planOf(replace, { path: '/f', regexp: 'a', replace: '\\9' }, { files: { '/f': 'a' } });
  expect(plan.failed).toContain('Unable to process replace due to error: ');
});
