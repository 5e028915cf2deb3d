import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string }[] = [
  {
    src: "{{ d.x }}{{ d['x'] }}{{ d.y.z }}{{ d['y']['z'] }}{{ d.items() | list | length }}{{ d['items'] }}",
    out: '11deepdeep3shadow',
  },
  {
    src: "{{ '%s|%5s|%-5s|%05d|%.2f|%x|%X|%o|%e|%g|%%|%c|%r|%+d' % ('a', 'b', 'c', 42, 3.14159, 255, 255, 8, 12345.678, 0.0001, 'z', 'q', 5) }}",
    out: "a|    b|c    |00042|3.14|ff|FF|10|1.234568e+04|0.0001|%|z|'q'|+5",
  },
  {
    src: "{{ '%(n)s is %(v)d' % {'n': 'x', 'v': 3} }} {{ '%s' % [1,2] }} {{ '%s' % 'x' }} {{ '%d%%' % 50 }}",
    out: 'x is 3 [1, 2] x 50%',
  },
  {
    src: "{{ '{} {} {0}' }} {{ '{} {}'.format(1, 'b') }} {{ '{0:>6}|{1:<6}|{2:^6}|{3:06.2f}|{4:,}|{5:#x}|{6:+d}|{7:e}|{8:.1%}|{9:*^9}'.format('a','b','c',3.14159,1234567,255,5,12345.6789,0.256,'mid') }}",
    out: '{} {} {0} 1 b      a|b     |  c   |003.14|1,234,567|0xff|+5|1.234568e+04|25.6%|***mid***',
  },
  {
    src: "{{ '{a[0]} {b[k]} {c!r}'.format(a=[1], b={'k': 'v'}, c='s') }} {{ '{{}} {}'.format(1) }} {{ '{:{w}}|'.format('x', w=4) }}",
    out: "1 v 's' {} 1 x   |",
  },
  {
    src: "{{ 'a,b,,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a b c'.split(' ', 1) }} {{ 'a b c'.rsplit(None, 1) }} {{ 'a\\nb\\r\\nc'.splitlines() }} {{ 'k=v=w'.rpartition('=') }} {{ 'abc'.partition('x') }}",
    out: "['a', 'b', '', 'c'] ['a', 'b'] ['a', 'b c'] ['a b', 'c'] ['a', 'b', 'c'] ('k=v', '=', 'w') ('abc', '', '')",
  },
  {
    src: `{{ 'abc'.upper() }} {{ 'ABC'.lower() }} {{ "they're bill's".title() }} {{ 'aBC'.capitalize() }} {{ 'aBc'.swapcase() }} {{ 'x'.center(5, '*') }} {{ 'x'.ljust(3) }}| {{ 'x'.rjust(3, '0') }} {{ '-7'.zfill(4) }} {{ 'xxhixx'.strip('x') }} {{ 'ab'.find('b') }} {{ 'abab'.rfind('b') }} {{ 'abab'.count('ab') }} {{ 'aaa'.replace('a', 'b', 2) }} {{ '-'.join(['a','b']) }} {{ 'ab'.replace('', '-') }}`,
    out: "ABC abc They'Re Bill'S Abc AbC **x** x  | 00x -007 hi 1 3 2 bba a-b -a-b-",
  },
  {
    src: "{{ '12'.isdigit() }} {{ 'ab'.isalpha() }} {{ 'a1'.isalnum() }} {{ ' '.isspace() }} {{ 'Ab C'.istitle() }} {{ 'a'.islower() }} {{ 'A1'.isupper() }} {{ ''.isdigit() }} {{ '½'.isnumeric() }} {{ 'a b'.isidentifier() }}",
    out: 'True True True True True True True False True False',
  },
  {
    src: "{{ 'x' | format }} {{ '%s-%s' | format(1, 'b') }} {{ '%(a)s' | format(a=3) }} {{ 'aaa' | replace('a', 'b', 2) }} {{ [1,2] | join('-') }} {{ users | join(', ', attribute='name') }} {{ s | attr('upper') is defined }}",
    out: 'x 1-b 3 bba 1-2 ann, bob, Cy True',
  },
  {
    src: "{{ 0.1 | round(3) }} {{ 1e20 | int }} {{ 1.9 | int }} {{ -1.9 | int }} {{ '%.0f' % 2.5 }} {{ '%.1f' % 0.25 }} {{ '%5.1f|' % 3.14159 }} {{ '{:g}'.format(1e10) }} {{ '{:,.2f}'.format(1234567.891) }} {{ '{:b}'.format(10) }} {{ '{:>+8.2f}'.format(3.14159) }} {{ '{:.3}'.format('abcdef') }} {{ '{:d}'.format(true) }} {{ '{}'.format(true) }}",
    out: '0.1 100000000000000000000 1 -1 2 0.2   3.1| 1e+10 1,234,567.89 1010    +3.14 abc 1 True',
  },
];

describe('methods and formatting', () => {
  test.each(cases)('$src', ({ src, out }) => {
    expect(render(src, VARS)).toBe(out);
  });
});
