import { expect, test } from '@jest/globals';
import { stateText } from '../../../src/engine/plan/state.ts';
import type { FileState } from '../../../src/engine/remote/types.ts';

const file: FileState = {
  path: '/f',
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  owner: 'root',
  group: 'root',
  size: 3,
  atime: 1,
  mtime: 1,
  ctime: 1,
  inode: 5,
  nlink: 1,
  device: 2,
  blocks: 8,
};

test.each<[string, unknown, unknown]>([
  ['times of a file', { file }, { file: { ...file, atime: 9, mtime: 9, ctime: 9, inode: 6, blocks: 16, size: 4 } }],
  ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['the order of a set', new Set(['a', 'b']), new Set(['b', 'a'])],
])('%s is no part of a state', (_, one, other) => {
  expect(stateText(one)).toBe(stateText(other));
});

test.each<[string, unknown, unknown]>([
  ['the owner of a file', { file }, { file: { ...file, owner: 'bob' } }],
  ['bytes', { content: Buffer.from('a') }, { content: Buffer.from('b') }],
  ['an entry of a dict', new Map([['a', 1]]), new Map([['a', 2]])],
  ['the order of a list', ['a', 'b'], ['b', 'a']],
  ['a number and its text', 1, '1'],
])('%s is part of it', (_, one, other) => {
  expect(stateText(one)).not.toBe(stateText(other));
});
