import { expect, test } from '@jest/globals';
import { sysctl } from '../../../src/engine/modules/sysctl.ts';

const args = {
  name: 'net.ipv4.ip_forward',
  value: '1',
  state: 'present' as const,
  reload: true,
  sysctl_set: false,
  ignoreerrors: false,
  sysctl_file: '/etc/sysctl.d/x.conf',
};

function plan(
  given: Partial<typeof args> | { value: string; state?: 'absent' },
  text: string,
  current: string | undefined,
) {
  const before = { file: { path: args.sysctl_file, state: undefined, text }, current };
  return sysctl.plan({ ...args, ...given }, before, undefined as never);
}

function written(given: Parameters<typeof plan>[0], text: string): string | undefined {
  const change = plan(given, text, '1\n').changes.find(({ kind }) => kind === 'write');
  return change?.kind === 'write' && 'bytes' in change.content ? change.content.bytes.toString() : undefined;
}

test.each([
  ['', 'net.ipv4.ip_forward=1\n'],
  ['net.ipv4.ip_forward = 1\n', undefined],
  ['# c\n\nnet.ipv4.ip_forward=0\na = 2\n', '# c\n\nnet.ipv4.ip_forward=1\na=2\n'],
  ['net.ipv4.ip_forward=0\nnet.ipv4.ip_forward=0\n', 'net.ipv4.ip_forward=1\n'],
])('the file %j', (text, expected) => {
  expect(written({}, text)).toBe(expected);
});

test('words of truth are numbers to the kernel', () => {
  expect(written({ value: 'yes' }, '')).toBe('net.ipv4.ip_forward=1\n');
});

test.each([
  [{}, '1\n', false, []],
  [{}, '0\n', true, ['sysctl -p /etc/sysctl.d/x.conf']],
  [{ reload: false }, '0\n', false, []],
  [{ sysctl_set: true, reload: false }, '0\n', true, ['sysctl net.ipv4.ip_forward=1']],
  [{ ignoreerrors: true }, undefined, false, []],
])('%j with %j in the kernel', (given, current, changed, summaries) => {
  const found = plan(given, 'net.ipv4.ip_forward=1\n', current);
  expect(found.changed).toBe(changed);
  expect(found.changes.map(({ summary }) => summary)).toEqual(summaries);
});

test('blanks between numbers do not count', () => {
  expect(plan({ name: 'a.b', value: '4096 1 2' }, 'a.b=4096 1 2\n', '4096\t1\t2\n').changes).toEqual([]);
});
