import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string }[] = [
  {
    src: "{% macro m(a, b=2, c='x') %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, c=3) }} {{ m(b=1, a=0) }}",
    out: '12x 123 01x',
  },
  { src: '{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}', out: "(1, 2){'x': 3}" },
  { src: '{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}', out: 'False' },
  { src: '{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(7) }}', out: '77' },
  {
    src: '{% macro m(a) %}{{ a }}{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.catch_kwargs }} {{ m.catch_varargs }} {{ m.caller }}',
    out: "m ('a',) False False False",
  },
  {
    src: '{% macro outer() %}<{{ caller() }}>{% endmacro %}{% call outer() %}body {{ a }}{% endcall %}',
    out: '<body 1>',
  },
  {
    src: "{% macro outer() %}<{{ caller('p', q=2) }}>{% endmacro %}{% call(p, q=1) outer() %}{{ p }}{{ q }}{% endcall %}",
    out: '<p2>',
  },
  { src: '{% macro fact(n) %}{{ 1 if n < 2 else n * (fact(n - 1) | int) }}{% endmacro %}{{ fact(5) }}', out: '120' },
  {
    src: "{% macro dump(x) %}{{ caller() if caller is defined else 'no' }}{{ x }}{% endmacro %}{{ dump(1) }}{% call dump(2) %}c{% endcall %}",
    out: 'no1c2',
  },
  {
    src: "{% macro foo() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ foo(0, *[1, 2], x=2, **{'a': 3}) }}",
    out: "(0, 1, 2){'x': 2, 'a': 3}",
  },
  {
    src: "{{ [none][0] is none }} {{ {'a': none}.a is none }} {{ {'a': none}.get('a', 3) }} {{ [none] | first is none }} {% macro m(a, b=2) %}{{ a is none }}{{ b is none }}{% endmacro %}{{ m(none, none) }} {{ '{}'.format(none) }}",
    out: 'True True  True TrueTrue None',
  },
  { src: '{% macro a(x) %}{% macro b(y) %}{{ x }}{{ y }}{% endmacro %}{{ b(2) }}{% endmacro %}{{ a(1) }}', out: '12' },
  { src: '{% for i in [1, 2] %}{% macro mm() %}{{ i }}{% endmacro %}{{ mm() }}{% endfor %}', out: '12' },
];

describe('macros and call blocks', () => {
  test.each(cases)('$src', ({ src, out }) => {
    expect(render(src, VARS)).toBe(out);
  });
});
