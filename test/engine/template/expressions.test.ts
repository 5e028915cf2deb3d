import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string }[] = [
  { src: "{{ 'x' if a == 1 else 'y' if a == 2 else 'z' }}", out: 'x' },
  {
    src: '{{ l[0] }}{{ l[-1] }}{{ l.0 }}{{ l[1:] }}{{ l[:-1] }}{{ l[::2] }}{{ l[::-1] }}{{ s[2:5] }}{{ s[-3:] }}{{ (1,2,3)[1:] }}',
    out: '323[1, 2][3, 1][3, 2][2, 1, 3]llorld(2, 3)',
  },
  {
    src: '{{ 1 + 2 * 3 - 4 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ 2 ** 0.5 }} {{ 1 / 3 }} {{ 10 // 3.0 }} {{ -7.5 % 2 }} {{ 1e300 * 1e10 }} {{ 3.0 }} {{ 1e22 }} {{ 123456789.125 }} {{ 0.1 + 0.2 }}',
    out: '5.0 3 -4 -2 1.4142135623730951 0.3333333333333333 3.0 0.5 inf 3.0 1e+22 123456789.125 0.30000000000000004',
  },
  {
    src: '{{ 99999999999 * 99999999999 }} {{ 2 ** 100 }} {{ (2 ** 100) % 97 }} {{ -(2 ** 70) // 3 }} {{ 9007199254740993 + 0 }}',
    out: '9999999999800000000001 1267650600228229401496703205376 16 -393530540239137101142 9007199254740993',
  },
  {
    src: "{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ True == 1 }} {{ 'a' < 'b' }} {{ [1,2] < [1,3] }} {{ not 1 == 2 }} {{ 1 in [1] }} {{ 1 not in [1] }} {{ 'el' in s }}",
    out: 'True False True True True True True True False True',
  },
  { src: `{{ 'a' ~ 1 ~ none ~ 2.0 ~ [1] }} {{ 'a' 'b' "c" }}`, out: 'a1None2.0[1] abc' },
  {
    src: `{{ [1, 'a', none, true, 2.5, (1,), {'k': 'v'}, "it's", 'say "x"', "both ' and \\"", 'é', '\\x01', '\\u200b'] }}`,
    out: `[1, 'a', None, True, 2.5, (1,), {'k': 'v'}, "it's", 'say "x"', 'both \\' and "', 'é', '\\x01', '\\u200b']`,
  },
  {
    src: "{{ {'a': 1, 2: [3]} }} {{ () }} {{ (1,) }} {{ (1, 2) }} {{ {} }}",
    out: "{'a': 1, 2: [3]} () (1,) (1, 2) {}",
  },
  {
    src: "{{ 4 is even }} {{ 3 is odd }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 'a' is string }} {{ 1 is number }} {{ 1.5 is float }} {{ 1 is integer }} {{ true is integer }} {{ true is boolean }} {{ none is none }} {{ {} is mapping }} {{ [] is sequence }} {{ 'a' is iterable }} {{ 1 is iterable }} {{ 'a' is lower }} {{ 'A' is upper }} {{ 1 is sameas 1 }} {{ 1 is eq 1 }} {{ 1 is ne 2 }} {{ 1 is lt 2 }} {{ 2 is ge 2 }} {{ 1 is in [1, 2] }} {{ 3 is not in [1] }} {{ true is true }} {{ 1 is true }} {{ false is false }} {{ range is callable }} {{ 'upper' is filter }} {{ 'odd' is test }} {{ 'nope' is filter }} {{ 1 is equalto 1 }} {{ 5 is greaterthan 4 }} {{ 5 is lessthan 4 }}",
    out: 'True True True False True True True True False True True True True True False True True True True True True True True True True False True True True True False True True False',
  },
  {
    src: '{{ 1 if a is defined and a is number else 2 }} {{ a is not string }} {{ not a is string }} {{ a is number and b is string }}',
    out: '1 True True True',
  },
  {
    src: "{{ (1, 2) + (3,) }} {{ [1] * 3 }} {{ 'ab' * 2 }} {{ 2 * 'x' }} {{ true + true }} {{ 5 - true }}",
    out: '(1, 2, 3) [1, 1, 1] abab xx 2 4',
  },
  {
    src: '{{ 1e5 }} {{ 1.5e-7 }} {{ 1E3 }} {{ 0b11 }} {{ 0o17 }} {{ 0xFF }} {{ 1_000_000 }} {{ 1_0.5 }} {{ 5.0 // 2 }} {{ -5 // 2.0 }} {{ 1e16 }} {{ 1e15 }} {{ 123456789012345680.0 }} {{ 0.0001 }} {{ 0.00001 }}',
    out: '100000.0 1.5e-07 1000.0 3 15 255 1000000 10.5 2.0 -3.0 1e+16 1000000000000000.0 1.2345678901234568e+17 0.0001 1e-05',
  },
  { src: `line\n  {{ 'a'\n   ~ 'b' }} {{ [1,\n 2] }}`, out: `line\n  ab [1, 2]` },
  { src: "{{ {'a': {'b': 1}}.a.b }}{{ {'a': {'b': 1}} }}", out: "1{'a': {'b': 1}}" },
  { src: `{{ "}}" }}{{ '%}' }}{{ "{{" }}`, out: '}}%}{{' },
  { src: `{{ "a\\tb\\\\n\\x41\\u00e9\\101\\q" }} {{ 'a\\\nb' }}`, out: 'a	b\\nAéA\\q ab' },
  { src: '{{ a if a }}{{ (a, b) }}{{ a, b }}', out: "1(1, 'two')(1, 'two')" },
  {
    src: '{{ not a }} {{ not (a and no) }} {{ a and b }} {{ no or b }} {{ no and missing }}',
    out: 'False True two two ',
  },
  {
    src: '{{ 7.0 // 2 }} {{ 7 / 7 }} {{ 2 ** 62 }} {{ 2 ** 63 }} {{ -2 ** 63 }} {{ 10 ** 20 // 7 }} {{ 10 ** 20 / 7 }} {{ 5 % 0.3 }} {{ 1e308 * 10 }} {{ -1e308 * 10 }}',
    out: '3.0 1.0 4611686018427387904 9223372036854775808 -9223372036854775808 14285714285714285714 1.4285714285714287e+19 0.20000000000000018 inf -inf',
  },
];

describe('expressions', () => {
  test.each(cases)('$src', ({ src, out }) => {
    expect(render(src, VARS)).toBe(out);
  });
});
