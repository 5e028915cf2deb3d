import { describe, expect, test } from '@jest/globals';
import { advice, type Members, refusal } from '../../../../src/engine/executor/quorum/members.ts';

function members(count: number, needed = Math.floor(count / 2) + 1): Members {
  const names = [...'abcdefg'].slice(0, count);
  return { group: 'etcd', names, needed, position: { file: 'site.yml', line: 1, column: 1 } };
}

describe('a batch is refused', () => {
  test.each<[Members, string, string, string | undefined]>([
    [members(3), 'a', '', undefined],
    [members(3), 'ab', '', '2 of 3 members of etcd in one batch (a, b) leave 1; 2 are needed'],
    [members(3), 'a', 'b', '1 of 3 members of etcd in one batch (a), with b down already, leaves 1; 2 are needed'],
    [members(3), 'a', 'a', undefined],
    [members(3), 'a', 'xy', undefined],
    [members(3), 'xy', 'ab', undefined],
    [members(3), 'axy', '', undefined],
    [members(5), 'ab', '', undefined],
    [members(5), 'ab', 'c', '2 of 5 members of etcd in one batch (a, b), with c down already, leave 2; 3 are needed'],
    [members(5), 'abc', 'ab', '3 of 5 members of etcd in one batch (a, b, c) leave 2; 3 are needed'],
    [members(4), 'a', '', undefined],
    [members(4), 'ab', '', '2 of 4 members of etcd in one batch (a, b) leave 2; 3 are needed'],
    [members(2), 'a', '', '1 of 2 members of etcd in one batch (a) leaves 1; 2 are needed'],
    [members(1), 'a', '', '1 of 1 members of etcd in one batch (a) leaves 0; 1 is needed'],
    [members(2, 1), 'a', '', undefined],
    [members(2, 0), 'ab', '', undefined],
  ])('%# %j %s %s', (group, batch, down, expected) => {
    expect(refusal(group, [...batch], [...down])).toBe(expected);
  });

  test.each<[Members, string]>([
    [members(3), 'the group can spare 1: serial: 1'],
    [members(5), 'the group can spare 2: serial: 1 to 2'],
    [members(2), 'a group of 2 can spare none: add members, or say what it `needs`'],
  ])('with advice %#', (group, expected) => {
    expect(advice(group)).toBe(expected);
  });
});
