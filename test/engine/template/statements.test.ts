import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string; options?: Record<string, string | boolean> }[] = [
  { src: '{% set x = 5 %}{% if true %}{% set x = 6 %}{% endif %}{{ x }}', out: '6' },
  { src: '{% set x %}a{{ a }}{% endset %}{{ x }}|{{ x | length }}', out: 'a1|2' },
  { src: '{% set x | upper %}abc{% endset %}{{ x }}', out: 'ABC' },
  { src: "{% set x | replace('a', 'b') | upper %}aab{% endset %}{{ x }}", out: 'BBB' },
  { src: '{% set a, b = 1, 2 %}{{ b }}{{ a }}', out: '21' },
  { src: '{% with a = 5, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}', out: '511' },
  { src: '{% with %}{% set z = 1 %}{{ z }}{% endwith %}{{ z is defined }}', out: '1False' },
  { src: '{% filter upper | trim %}  ab {{ s }} {% endfilter %}!', out: 'AB HELLO WORLD!' },
  { src: "{% filter replace('a', 'b') %}aXa{% endfilter %}", out: 'bXb' },
  { src: '{% autoescape false %}{{ html }}{% endautoescape %}', out: `<b>"x" & 'y'</b>` },
  { src: '{% raw %}{{ a }} {% if %}{% endraw %}', out: '{{ a }} {% if %}' },
  { src: 'a {%- raw -%} {{ x }} {%- endraw -%} b', out: 'a{{ x }}b' },
  { src: `a\n  {#- c -#}\n  b`, out: 'ab' },
  { src: `a {# multi\nline #} b`, out: 'a  b' },
  { src: `{{ a -}}\n   b {{- a }}`, out: '1b1' },
  { src: `  {%- if t %} x {% endif -%}\n  y`, out: ' x y' },
  { src: `{% if t %}\n  x\n{% endif %}\ny`, out: `  x\ny` },
  {
    src: `a\n  {% if t %}\n    x\n  {% endif %}\n  {# c #}\n  y {% if t %}z{% endif %}`,
    out: `a\n    x\n  y z`,
    options: { lstripBlocks: true },
  },
  { src: '  {%+ if t %}x{% endif %}', out: '  x', options: { lstripBlocks: true } },
  {
    src: '[[ a ]]{{ a }}<% if t %>y<% endif %><# c #>{% x %}',
    out: '1{{ a }}y{% x %}',
    options: {
      variableStart: '[[',
      variableEnd: ']]',
      blockStart: '<%',
      blockEnd: '%>',
      commentStart: '<#',
      commentEnd: '#>',
    },
  },
  {
    src: '{% set q = [1, 2] %}{% do q.append(3) %}{% do q.extend([5, 4]) %}{% do q.insert(0, 9) %}{{ q }} {{ q.pop() }} {{ q.pop(0) }} {% do q.remove(2) %}{{ q }} {{ q.index(3) }} {{ q.count(5) }} {% do q.sort(reverse=true) %}{{ q }} {% do q.reverse() %}{{ q }}{% do q.clear() %}{{ q }}',
    out: '[9, 1, 2, 3, 5, 4] 4 9 [1, 3, 5] 1 1 [5, 3, 1] [1, 3, 5][]',
  },
  {
    src: "{% set q = {'a': 1} %}{% do q.update({'b': 2}, c=3) %}{{ q }} {{ q.pop('a') }} {{ q.setdefault('d', 4) }} {{ q.get('zz') }} {{ q.get('zz', 5) }} {{ q.keys() | list }} {{ q.values() | list }} {{ q.items() | list }} {{ q.copy() }} {{ q.popitem() }}",
    out: "{'a': 1, 'b': 2, 'c': 3} 1 4  5 ['b', 'c', 'd'] [2, 3, 4] [('b', 2), ('c', 3), ('d', 4)] {'b': 2, 'c': 3, 'd': 4} ('d', 4)",
  },
  {
    src: "{{ range(3) | list }} {{ range(1, 8, 3) | list }} {{ range(3, 0, -1) | list }} {{ dict(a=1, b=2) }} {{ dict([['x', 1]], y=2) }}",
    out: "[0, 1, 2] [1, 4, 7] [3, 2, 1] {'a': 1, 'b': 2} {'x': 1, 'y': 2}",
  },
  { src: '{%- if t -%} a {%- else -%} b {%- endif %} c', out: 'a c' },
  {
    src: '{% if l is not defined or l | length == 0 %}e{% elif 3 in l and not (1 in empty) %}ok{% else %}no{% endif %}',
    out: 'ok',
  },
  { src: '{% set x = none %}{{ x }}|{{ x is none }}|{{ [none] }}', out: '|True|[None]' },
  { src: '{{- a }} {{+ a }} {%- if a -%} x {%+ endif %}', out: '1 1x ' },
  { src: `{% if a %}{# x #}{% else %}{% endif -%}\n  z`, out: 'z' },
];

describe('statements and white space', () => {
  test.each(cases)('$src', ({ src, out, options }) => {
    expect(render(src, VARS, options)).toBe(out);
  });
});
