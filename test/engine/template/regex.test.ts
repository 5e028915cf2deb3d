import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import * as regex from '../../../src/engine/template/regex.ts';

describe("Python's re", () => {
  test.each([
    { pattern: '(\\w+) (\\w+)', replacement: '\\2 \\1', text: 'hello world', out: 'world hello' },
    { pattern: '(?P<a>\\w+)', replacement: '<\\g<a>>', text: 'x y', out: '<x> <y>' },
    { pattern: '(a)', replacement: '\\g<1>0', text: 'a', out: 'a0' },
    { pattern: 'x*', replacement: '-', text: 'abxd', out: '-a-b--d-' },
    { pattern: '^', replacement: 'x-', text: 'b', out: 'x-b' },
    { pattern: '$', replacement: '!', text: 'ab\n', out: 'ab!\n!' },
    { pattern: '\\s+', replacement: ' ', text: 'a \n\t b', out: 'a b' },
    { pattern: '\\bab\\b', replacement: 'X', text: 'ab cab ab', out: 'X cab X' },
    { pattern: '[^\\W_]+', replacement: 'x', text: 'ab_c', out: 'x_x' },
    { pattern: '[\\w.-]+@', replacement: '', text: 'a-b.c@d', out: 'd' },
    { pattern: '[]x]', replacement: '', text: 'a]x', out: 'a' },
    { pattern: '(?i)AB', replacement: '', text: 'abAB', out: '' },
    { pattern: 'a{,2}b', replacement: '', text: 'aaab', out: 'a' },
    { pattern: 'a{x}', replacement: '', text: 'a{x}', out: '' },
    { pattern: '(?x) a  b # remark', replacement: '', text: 'abc', out: 'c' },
    { pattern: '(?P<q>[\'"]).*?(?P=q)', replacement: 'Q', text: `a 'b' "c"`, out: 'a Q Q' },
    { pattern: '\\Aa|b\\Z', replacement: '', text: 'aabb', out: 'ab' },
    { pattern: 'é', replacement: 'e', text: 'é😀', out: 'e😀' },
    { pattern: '.', replacement: 'x', text: '😀a', out: 'xx' },
    { pattern: '/', replacement: '\\\\', text: 'a/b', out: 'a\\b' },
    { pattern: '(a)|(b)', replacement: '[\\1\\2]', text: 'ab', out: '[a][b]' },
  ])('sub $pattern in $text', ({ pattern, replacement, text, out }) => {
    expect(regex.sub(pattern, replacement, text)).toBe(out);
  });

  test.each([
    { run: () => regex.findall('[a-z]+', 'ab1cd'), out: ['ab', 'cd'] },
    {
      run: () => regex.findall('(a)(b)?', 'abа a'),
      out: [
        ['a', 'b'],
        ['a', ''],
      ],
    },
    { run: () => regex.findall('^\\w', 'a\nb', { multiline: true }), out: ['a', 'b'] },
    { run: () => regex.findall('a.b', 'a\nb', { dotall: true }), out: ['a\nb'] },
    { run: () => regex.split('[,;]', 'a,b;c'), out: ['a', 'b', 'c'] },
    { run: () => regex.split('(,)', 'a,b,c', 1), out: ['a', ',', 'b,c'] },
    { run: () => regex.match('HEL', 'hello', { ignorecase: true })?.groups, out: ['hel'] },
    { run: () => regex.match('b', 'ab'), out: null },
    { run: () => regex.search('b', 'ab')?.start, out: 1 },
    { run: () => regex.fullmatch('a|ab', 'ab')?.end, out: 2 },
    { run: () => regex.subn('a', 'b', 'aaa', 2), out: { text: 'bba', count: 2 } },
    { run: () => regex.escapePattern('a.b*-_ é'), out: 'a\\.b\\*\\-_\\ é' },
  ])('%#', ({ run, out }) => {
    expect(run()).toEqual(out);
  });

  test.each([
    { pattern: '(a', error: /missing \)/ },
    { pattern: 'a)', error: /unbalanced/ },
    { pattern: '[a', error: /unterminated/ },
    { pattern: '*a', error: /nothing to repeat/ },
    { pattern: '\\q', error: /bad escape/ },
    { pattern: '(a)\\2', error: /invalid group reference/ },
    { pattern: '(?P=nope)', error: /unknown group/ },
  ])('$pattern is refused', ({ pattern, error }) => {
    expect(() => regex.search(pattern, 'a')).toThrow(error);
  });

  test.each(['^(a+)+$', '(a|aa)+$', '(.*,){20}x', '^(\\w*)*\\1!'])('%s is ended when it takes too long', (pattern) => {
    const text = `${'a,'.repeat(10)}${'a'.repeat(60)}b,`;
    const outcome = (() => {
      try {
        return regex.search(pattern, text);
      } catch (error) {
        return error;
      }
    })();
    expect(outcome === null || outcome instanceof TsplayError).toBe(true);
  });
});
