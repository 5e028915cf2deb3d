import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string }[] = [
  { src: "{{ 'a' if t }}{{ 'b' if not t }}|", out: 'a|' },
  {
    src: "{{ l | sort }} {{ l | sort(reverse=true) }} {{ ls | sort }} {{ ls | sort(case_sensitive=true) }} {{ users | sort(attribute='age') | map(attribute='name') | join(',') }} {{ users | sort(attribute='g,age') | map(attribute='name') | list }}",
    out: "[1, 2, 3] [3, 2, 1] ['a', 'b', 'C'] ['C', 'a', 'b'] bob,Cy,ann ['Cy', 'ann', 'bob']",
  },
  {
    src: "{{ users | selectattr('age', 'gt', 22) | map(attribute='name') | list }} {{ users | rejectattr('age', 'gt', 22) | map(attribute='name') | list }} {{ users | map(attribute='nope', default='?') | join }} {{ users | sum(attribute='age') }}",
    out: "['ann', 'Cy'] ['bob'] ??? 75",
  },
  {
    src: "{{ [0, 1, '', 'a', none] | select | list }} {{ [0, 1, '', 'a', none] | reject | list }} {{ [1, 2, 3] | select('odd') | list }} {{ [1, 2, 3] | select('>', 1) | list }} {{ ['a', 'b'] | map('upper') | list }} {{ ['a'] | map('default', 'x') | list }}",
    out: "[1, 'a'] [0, '', None] [1, 3] [2, 3] ['A', 'B'] ['a']",
  },
  {
    src: "{{ [1, 2, 3, 4, 5] | batch(2) | list }} {{ [1, 2, 3] | batch(2, '-') | list }} {{ [1, 2, 3, 4, 5] | slice(3) | list }} {{ [1, 2, 3, 4, 5] | slice(3, 'x') | list }}",
    out: "[[1, 2], [3, 4], [5]] [[1, 2], [3, '-']] [[1, 2], [3, 4], [5]] [[1, 2], [3, 4], [5, 'x']]",
  },
  {
    src: "{{ d | dictsort | map('first') | list }} {{ {'b': 1, 'A': 2} | dictsort }} {{ {'b': 1, 'A': 2} | dictsort(true) }} {{ {'b': 1, 'a': 2} | dictsort(by='value') }} {{ {'b': 1, 'a': 2} | dictsort(reverse=true) }} {{ {'b': 1} | items | list }}",
    out: "['items', 'x', 'y'] [('A', 2), ('b', 1)] [('A', 2), ('b', 1)] [('b', 1), ('a', 2)] [('b', 1), ('a', 2)] [('b', 1)]",
  },
  {
    src: "{{ [3, 1] | max }} {{ [3, 1] | min }} {{ ['b', 'A'] | min }} {{ [] | max is defined }} {{ users | max(attribute='age') }} {{ [1, 2] | sum }} {{ [1, 2] | sum(start=10) }} {{ [1, 1, 'a', 'A'] | unique | list }} {{ 'abc' | list }} {{ 'abc' | reverse }} {{ l | reverse | list }} {{ l | first }} {{ l | last }} {{ 'abc' | first }} {{ l | length }} {{ d | count }}",
    out: "3 1 A False {'name': 'ann', 'age': 30, 'g': 'x'} 3 13 [1, 'a'] ['a', 'b', 'c'] cba [2, 1, 3] 3 2 a 3 3",
  },
  {
    src: "{{ multi | indent }}|{{ multi | indent(2, true) }}|{{ multi | indent(2, blank=true) }}|{{ multi | indent('> ') }}",
    out: `one\n    two\n\n    three|  one\n  two\n\n  three|one\n  two\n  \n  three|one\n> two\n\n> three`,
  },
  {
    src: "{{ 3.7 | int }} {{ '12' | int }} {{ 'x' | int }} {{ 'x' | int(5) }} {{ '0x1f' | int(base=16) }} {{ 'ff' | int(base=16) }} {{ '0b101' | int(base=0) }} {{ ' 7 ' | int }} {{ '1e3' | int }} {{ true | int }} {{ '3.5' | float }} {{ 'x' | float }} {{ 'x' | float(1.5) }} {{ '1_000' | int }} {{ none | int }} {{ [] | int }} {{ 'inf' | float }} {{ '12345678901234567890' | int }}",
    out: '3 12 0 5 31 255 5 7 1000 1 3.5 0.0 1.5 1000 0 0 inf 12345678901234567890',
  },
  {
    src: "{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 42.55 | round(1, 'floor') }} {{ 42.55 | round(0, 'ceil') }} {{ 5 | round }} {{ 1234 | round(-2) }} {{ 1250.0 | round(-2) }} {{ -5 | abs }} {{ -2.5 | abs }}",
    out: '2.0 4.0 2.67 42.5 43.0 5 1200 1200.0 5 2.5',
  },
  {
    src: '{{ 1000 | filesizeformat }} {{ 1 | filesizeformat }} {{ 500 | filesizeformat }} {{ 1234567 | filesizeformat }} {{ 1024 | filesizeformat(true) }} {{ 123456789 | filesizeformat(binary=true) }}',
    out: '1.0 kB 1 Byte 500 Bytes 1.2 MB 1.0 KiB 117.7 MiB',
  },
  {
    src: "{{ html | escape }} {{ html | e }} {{ '<p>a <b>b</b></p> &amp; <!-- c --> d' | striptags }} {{ 'a b&c/d' | urlencode }} {{ {'a': 'b c', 'd': 1} | urlencode }} {{ {'class': 'x', 'id': none, 'z': '<'} | xmlattr }} {{ {'a': '<x>'} | tojson }} {{ [1, 'é'] | tojson }}",
    out: '&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;&lt;/b&gt; &lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;&lt;/b&gt; a b & d a%20b%26c/d a=b+c&d=1  class="x" z="&lt;" {"a": "\\u003cx\\u003e"} [1, "\\u00e9"]',
  },
  {
    src: "{{ 'foo bar baz qux' | truncate(9) }} {{ 'foo bar baz qux' | truncate(9, true) }} {{ 'foo bar baz qux' | truncate(11) }} {{ 'foo bar baz qux' | truncate(11, false, '...', 0) }} {{ 'foo bar' | wordcount }} {{ 'ab cd' | title }} {{ 'foo-bar (baz' | title }} {{ 'x' | center(5) }}| {{ '  x ' | trim }}| {{ 'xxaxx' | trim('x') }}",
    out: 'foo... foo ba... foo bar baz qux foo bar... 2 Ab Cd Foo-Bar (Baz   x  | x| a',
  },
  {
    src: `{{ 'the quick brown fox jumps' | wordwrap(10) }}|{{ 'abcdefghijkl' | wordwrap(5) }}|{{ 'a-b-c defg' | wordwrap(4) }}|{{ 'abcdefghijkl x' | wordwrap(5, false) }}|{{ 'a b\nc d' | wordwrap(3, wrapstring='/') }}`,
    out: `the quick\nbrown fox\njumps|abcde\nfghij\nkl|a-b-\nc\ndefg|abcdefghijkl\nx|a b/c d`,
  },
  {
    src: "{{ missing | default('x') }} {{ no | default('x') }} {{ no | default('x', true) }} {{ '' | d('e', boolean=true) }} {{ d.q.w | default('deep') }} {{ missing is defined }} {{ missing is undefined }} {{ d.x is defined }}",
    out: 'x  x e deep False True True',
  },
  {
    src: "{{ u | upper }} {{ u | length }} {{ u[1] }} {{ u | capitalize }} {{ '😀x'[1] }} {{ '😀x' | length }} {{ '😀x' | reverse }} {{ ['😀'] }}",
    out: "HÉLLO WÖRLD 11 é Héllo wörld x 2 x😀 ['😀']",
  },
  { src: "{{ 'a' | upper | lower ~ 'B' | lower }}", out: 'ab' },
  {
    src: "{{ ('a', 'b') | join }} {{ 'abc'[0:2] | upper }} {{ -1 | abs }} {{ (-3) ** 2 }} {{ -3 ** 2 }} {{ 2 ** -1 }} {{ +a }}",
    out: 'ab AB 1 9 9 0.5 1',
  },
  {
    src: "{{ users[0].name }} {{ users.0.name }} {{ (users | first).age }} {{ users | map(attribute='name') | map('length') | list }} {{ users | map(attribute='g') | unique | list }}",
    out: "ann ann 30 [3, 3, 2] ['x', 'y']",
  },
  {
    src: "{{ users | map(attribute='name') | sort | join(' ') }} {{ users | map(attribute='age') | max }} {{ users | selectattr('g', 'equalto', 'x') | list | length }} {{ users | selectattr('nope', 'defined') | list }} {{ users | selectattr('age') | list | length }}",
    out: 'ann bob Cy 30 2 [] 3',
  },
];

describe("Jinja2's filters and tests", () => {
  test.each(cases)('$src', ({ src, out }) => {
    expect(render(src, VARS)).toBe(out);
  });
});
