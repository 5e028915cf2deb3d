import { expect, test } from '@jest/globals';
import { summarize } from './request-loop.ts';

const answered = (at: number) => ({ problem: undefined, at });
const lost = (at: number) => ({ problem: 'ECONNREFUSED', at });

test.each([
  [[], { sent: 0, lost: 0, inARow: 0, longest: 0 }],
  [[answered(5), answered(9)], { sent: 2, lost: 0, inARow: 0, longest: 4 }],
  [[answered(1), lost(2), answered(4), lost(5), lost(7), answered(14)], { sent: 6, lost: 3, inARow: 2, longest: 10 }],
])('requests are summed up: %j', (sent, expected) => {
  expect(summarize(sent)).toEqual(expected);
});
