import { describe, expect, test } from '@jest/globals';
import { Float, type Raw, type Scope, tuple, type Value } from '../../../src/engine/model/value.ts';
import { compileText, evaluate, renderTemplate } from '../../../src/engine/template/compile.ts';
import { python, scopeOf } from './support.ts';

const vars: Record<string, Raw> = {
  n: 5,
  half: 0.5,
  no: null,
  t: true,
  l: [1, 2],
  d: python({ a: 1 }),
  text: 'plain',
  json: '{"a": [1, true, null]}',
  braces: '{not a dict}',
  inner: compileText('{{ n }}'),
  unset: compileText('{{ nowhere }}'),
  data: '{{ n }}',
};

/** What a string of trusted YAML becomes. */
const cases: readonly { src: string; value: unknown }[] = [
  { src: 'no template', value: 'no template' },
  { src: '{{ n }}', value: 5 },
  { src: '{{ n }}\n', value: 5 },
  { src: '{{ half }}', value: 0.5 },
  { src: '{{ n + 1 }}', value: '6' },
  { src: '{{ n / 5 }}', value: '1.0' },
  { src: '{{ no }}', value: null },
  { src: '{{ [no][0] }}', value: '' },
  { src: '{{ (1, 2) }}', value: '(1, 2)' },
  { src: '{{ [(1, 2)] }}', value: [tuple([1, 2])] },
  { src: '{{ n == 5 }}', value: true },
  { src: '{{ [1.5, namespace()] }}', value: '[1.5, <Namespace {}>]' },
  { src: '{{ t }}', value: true },
  { src: '{{ l }}', value: [1, 2] },
  { src: '{{ d }}', value: { a: 1 } },
  { src: '{{ n }}{{ n }}', value: '55' },
  { src: 'a{{ no }}b', value: 'ab' },
  { src: '{{ n }} ', value: '5 ' },
  { src: '{{ n + 0 }}\n', value: '5\n' },
  { src: '{{ l }}\n', value: [1, 2] },
  { src: '{{ text }}\n\n', value: 'plain\n\n' },
  { src: '{% if t %}x{% endif %}\n', value: 'x\n' },
  { src: '{{ "x" if not t }}', value: '' },
  { src: '{# only a comment #}', value: '' },
  // Text that looks like a list, dict or bool becomes one.
  { src: '{{ json }}', value: { a: [1, true, null] } },
  { src: '{{ braces }}', value: '{not a dict}' },
  { src: '{{ "True" }}', value: true },
  { src: '{{ "true" }}', value: 'true' },
  { src: '{{ "5" }}', value: '5' },
  { src: '[{{ n }}, {{ n }}]', value: [5, 5] },
  { src: '{{ l }} and more', value: '[1, 2] and more' },
  { src: "{'k': {{ n }}}", value: { k: 5 } },
  { src: "{% if t %}['a', 'b']{% endif %}", value: ['a', 'b'] },
  { src: '{{ "[1, 2" }}]', value: [1, 2] },
  { src: '[nothing, {{ n }}]', value: '[nothing, 5]' },
  // Filters that make text on purpose.
  { src: '{{ d | string }}', value: "{'a': 1}" },
  { src: '{{ d | to_json }}', value: '{"a": 1}' },
  { src: '{{ d | to_json | trim }}', value: { a: 1 } },
  { src: '{{ d | to_json if t else n }}', value: '{"a": 1}' },
  // A string of Python ends on its line.
  { src: '["{{ "a\nb" }}"]', value: '["a\nb"]' },
  { src: '{% macro m() %}[1, 2]{% endmacro %}{{ m() | length }}', value: '2' },
  { src: '{% set l %}[1, 2]{% endset %}{{ l }}', value: [1, 2] },
  // Backslashes in a string of YAML are literal between {{ }}, and Python's escapes between {% %}.
  { src: "{{ 'a\\nb' }}", value: 'a\\nb' },
  { src: "{{ 'it\\'s' }}", value: "it's" },
  { src: "{% set x = 'a\\tb' %}{{ x }}", value: 'a\tb' },
  // Data is never evaluated, whatever it looks like.
  { src: '{{ data }}', value: '{{ n }}' },
  { src: '#jinja2: variable_start_string: "[[", variable_end_string: "]]"\n[[ n ]]', value: '5' },
  { src: "['a']  # ]]]", value: "['a']  # ]]]" },
  { src: "['{{ text }}']  # ]]]\n", value: ['plain'] },
  {
    src: '{{ l }},{{ l }}',
    value: tuple([
      [1, 2],
      [1, 2],
    ]),
  },
  { src: '{{ (1 if not t) or 2 }}', value: '2' },
  { src: '{{ [] | select | list }}{{ no | map("upper") | list }}', value: '[][]' },
  { src: '{{ [data] }}', value: ['{{ n }}'] },
  // Only a variable's own number stays one.
  { src: '{{ inner }}', value: '5' },
  // A variable whose template uses something undefined counts as undefined.
  { src: '{{ unset is defined }}', value: false },
  { src: "{{ unset | default('d') }}", value: 'd' },
  { src: '{{ range(3) }}', value: [0, 1, 2] },
  { src: '{{ d.keys() }}', value: ['a'] },
];

function evaluated(src: Raw): Value {
  return evaluate(src, scopeOf(vars));
}

describe('strings of trusted YAML', () => {
  test.each(cases)('$src', ({ src, value }) => {
    expect(evaluated(compileText(src))).toEqual(python(value));
  });
});

describe('methods that change their object', () => {
  test.each([
    { src: '{{ l.append(3) }}{{ l }}', value: [1, 2, 3] },
    { src: '{% do d.update({"b": 2}) %}{{ d }}', value: { a: 1, b: 2 } },
    { src: "{{ d.pop('a') }}{{ d.setdefault('a', 9) }}", value: '19' },
  ])('$src changes what this template sees, and no variable', ({ src, value }) => {
    const scope = scopeOf(vars);
    expect(evaluate(compileText(src), scope)).toEqual(python(value));
    expect(scope.get('l')).toEqual([1, 2]);
    expect(scope.get('d')).toEqual(python({ a: 1 }));
  });

  test.each(["{{ l['append'](3) }}", "{{ l | attr('append') }}", "{{ d['up' ~ 'date'] }}"])(
    '%s is out of reach',
    (src) => {
      expect(() => evaluated(compileText(src))).toThrow();
    },
  );
});

/** What the same becomes with jinja2_native. */
describe('jinja2_native', () => {
  test.each<{ src: string; value: unknown }>([
    { src: '{{ n + 1 }}', value: 6 },
    { src: '{{ n / 5 }}', value: new Float(1) },
    { src: '{{ [no][0] }}', value: null },
    { src: '{{ (1, 2) }}', value: tuple([1, 2]) },
    { src: '{{ "5" }}', value: 5 },
    { src: '{{ "5" | string }}', value: '5' },
    { src: '{{ "007" }}', value: '007' },
    { src: '{{ "None" }}', value: null },
    { src: '{{ "true" }}', value: 'true' },
    { src: '{{ "\'x\'" }}', value: "'x'" },
    { src: '{{ n }},{{ n }}', value: tuple([5, 5]) },
    { src: 'a{{ no }}b', value: 'aNoneb' },
    { src: '{% if t %}{{ n }}{% endif %}', value: 5 },
    { src: '{% set x = 1 %}', value: null },
    { src: '{{ d | to_json }}', value: '{"a": 1}' },
    { src: '{% macro m() %}{{ n }}{% endmacro %}{{ m() + 1 }}', value: 6 },
    { src: "# a list\n['a', {{ n }}]", value: ['a', 5] },
    { src: '{{ "x" if not t }}', value: '' },
  ])('$src', ({ src, value }) => {
    expect(evaluate(compileText(src), nativeScope())).toEqual(python(value));
  });

  test('files print None as such', () => {
    expect(renderTemplate('{{ no }}', nativeScope(), { file: 'x.j2' })).toBe('None');
  });
});

function nativeScope(): Scope {
  const scope = scopeOf(vars);
  return {
    ...scope,
    world: { ...scope.world, setting: () => ({ value: true, origin: 'env: ANSIBLE_JINJA2_NATIVE' }) },
  };
}
