import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string }[] = [
  {
    src: '{% for i in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }} {% endfor %}',
    out: '1032TrueFalse310 2121FalseFalse310 3210FalseTrue310 ',
  },
  {
    src: "{% for i in l %}{{ loop.previtem | default('-') }}<{{ i }}>{{ loop.nextitem | default('-') }} {% endfor %}",
    out: '-<3>1 3<1>2 1<2>- ',
  },
  { src: '{% for i in [1,1,2,2,1] %}{{ loop.changed(i) }}{% endfor %}', out: 'TrueFalseTrueFalseTrue' },
  { src: '{% for i in empty %}x{% else %}none{% endfor %}', out: 'none' },
  { src: '{% for i in l if i > 5 %}x{% else %}none{% endfor %}', out: 'none' },
  { src: '{% for i in l if i > 1 %}{{ loop.index }}:{{ i }}/{{ loop.length }},{% endfor %}', out: '1:3/2,2:2/2,' },
  { src: '{% for a, b in [[1, 2], [3, 4]] %}{{ a }}-{{ b }};{% endfor %}{{ a }}', out: '1-2;3-4;1' },
  { src: '{% for (a, b), c in [[[1, 2], 3]] %}{{ a }}{{ b }}{{ c }}{% endfor %}', out: '123' },
  {
    src: '{% for i in range(10) %}{% if i == 3 %}{% continue %}{% endif %}{% if i > 5 %}{% break %}{% endif %}{{ i }}{% endfor %}',
    out: '01245',
  },
  {
    src: '{% for n in [1, [2, [3, 4]], 5] recursive %}{{ loop.depth }}{% if n is iterable %}[{{ loop(n) }}]{% else %}{{ n }}{% endif %},{% endfor %}',
    out: '11,1[22,2[33,34,],],15,',
  },
  {
    src: "{% for i in [1,2] %}{{ qq | default('-') }}{% set qq = i %}{% endfor %}{{ qq | default('out') }}",
    out: '--out',
  },
  {
    src: '{% for i in l %}{% for j in ls %}{{ loop.index }}{{ loop.first }}{% endfor %}{{ loop.index }} {% endfor %}',
    out: '1True2False3False1 1True2False3False2 1True2False3False3 ',
  },
  {
    src: '{% set ns = namespace(n=0, l=[]) %}{% for i in l %}{% set ns.n = ns.n + i %}{% do ns.l.append(i) %}{% endfor %}{{ ns.n }} {{ ns.l }}',
    out: '6 [3, 1, 2]',
  },
  {
    src: "{{ users | groupby('g') | map('first') | list }} {% for g, us in users | groupby('g') %}{{ g }}={{ us | map(attribute='name') | join('+') }};{% endfor %}{% for g in users | groupby('g') %}{{ g.grouper }}{{ g.list | length }}{% endfor %}",
    out: "['x', 'y'] x=ann+Cy;y=bob;x2y1",
  },
  {
    src: "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% do c.reset() %}{{ c.current }}{% set j = joiner('|') %}{% for i in l %}{{ j() }}{{ i }}{% endfor %}",
    out: 'ababa3|1|2',
  },
  { src: `{%- for x in l -%}\n  {{ x }}\n{%- endfor -%}`, out: '312' },
  {
    src: "{% for k, v in d.items() if k != 'items' %}{{ k }}={{ v }} {% endfor %}{% for k in d %}{{ k }}{% endfor %}",
    out: "x=1 y={'z': 'deep'} xyitems",
  },
  {
    src: '{% set a %}{% for i in l %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}{% endset %}[{{ a }}]',
    out: '[3, 1, 2]',
  },
];

describe('loops', () => {
  test.each(cases)('$src', ({ src, out }) => {
    expect(render(src, VARS)).toBe(out);
  });
});
