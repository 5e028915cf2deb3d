import { expect, test } from '@jest/globals';
import { didYouMean, nearest } from '../../../src/engine/playbook/suggest.ts';

test.each<[string, string[], string | undefined]>([
  ['hots', ['hosts', 'port'], 'hosts'],
  ['lineinfle', ['lineinfile', 'blockinfile'], 'lineinfile'],
  ['tasts', ['tags', 'tasks'], 'tasks'],
  ['whne', ['when', 'name'], 'when'],
  ['completely_other', ['when', 'name'], undefined],
  ['x', ['y', 'long'], 'y'],
  ['abc', [], undefined],
])('nearest to %s of %j', (name, known, expected) => {
  expect(nearest(name, known)).toBe(expected);
});

test('didYouMean is a sentence, or nothing', () => {
  expect(didYouMean('hots', ['hosts'])).toBe('did you mean "hosts"?');
  expect(didYouMean('zzzz', ['hosts'])).toBeUndefined();
});
