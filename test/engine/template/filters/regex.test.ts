import { describe, expect, test } from '@jest/globals';
import { contextOf, evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: regex', () => {
  test.each<[string, unknown]>([
    ["'^f.*o(.*)$' | regex_escape", '\\^f\\.\\*o\\(\\.\\*\\)\\$'],
    ["'^f.*o(.*)$' | regex_escape('posix_basic')", '\\^f\\.\\*o(\\.\\*)\\$'],
    ["'foo' | regex_replace('^', 'x-')", 'x-foo'],
    ["'server1' | regex_search('nope')", null],
    ["'FOO' | regex_search('foo', ignorecase=True)", 'FOO'],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each<[string, string, string[], unknown]>([
    ['regex_replace', 'hello world', ['(\\w+) (\\w+)', '\\2 \\1'], 'world hello'],
    ['regex_replace', 'foo', ['(?P<x>o+)', '[\\g<x>]'], 'f[oo]'],
    ['regex_search', 'server1/db42', ['server([0-9]+)/db([0-9]+)', '\\1', '\\2'], ['1', '42']],
    ['regex_search', 'server1/db42', ['server(?P<n>[0-9]+)', '\\g<n>'], ['1']],
    ['regex_search', 'server1', ['nope', '\\1'], null],
    [
      'regex_findall',
      'foo=bar, a=b',
      ['(\\w+)=(\\w+)'],
      [
        ['foo', 'bar'],
        ['a', 'b'],
      ],
    ],
    ['regex_findall', 'foo bar', ['\\w+'], ['foo', 'bar']],
    ['regex_escape', '^f.*o(.*)$', [], '\\^f\\.\\*o\\(\\.\\*\\)\\$'],
    ['regex_escape', '^f.*o(.*)$', ['posix_basic'], '\\^f\\.\\*o(\\.\\*)\\$'],
  ])('%s %j %j', (name, value, args, expected) => {
    expect(contextOf({}).filter(name, value, args, new Map())).toEqual(expected);
  });
});
