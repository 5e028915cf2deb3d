import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; kind: string; message: string }[] = [
  {
    src: '{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}',
    kind: 'template',
    message: "main.j2:1:41: macro 'm' takes not more than 1 argument(s)",
  },
  {
    src: '{% macro m(a) %}{{ a }}{% endmacro %}{{ m(z=2) }}',
    kind: 'template',
    message: "main.j2:1:41: macro 'm' takes no keyword argument 'z'",
  },
  {
    src: '{% block need required %}{% endblock %}',
    kind: 'template',
    message: "main.j2:1:4: Required block 'need' not found",
  },
  {
    src: "{% include 'nope.j2' %}",
    kind: 'template',
    message: "main.j2:1:4: template 'nope.j2' not found; looked beside the template and in the search path",
  },
  {
    src: "{% from 'lib.j2' import nope %}{{ nope }}",
    kind: 'template',
    message: "main.j2:1:4: the template lib.j2 does not export 'nope'",
  },
  { src: "{{ foo(*[1, 2], **{'a': 3}) }}", kind: 'undefined', message: "main.j2:1:4: 'foo' is undefined" },
  { src: '{{ a.b.c }}', kind: 'undefined', message: "main.j2:1:6: 'int object' has no attribute 'b'" },
  { src: '{{ a + b }}', kind: 'template', message: "main.j2:1:6: unsupported operand type(s) for +: 'int' and 'str'" },
  { src: '{{ missing.foo }}', kind: 'undefined', message: "main.j2:1:4: 'missing' is undefined" },
  { src: '{{ d.nope }}', kind: 'undefined', message: "main.j2:1:6: 'dict object' has no attribute 'nope'" },
  { src: '{{ l[9] }}', kind: 'undefined', message: 'main.j2:1:5: list object has no element 9' },
  { src: '{{ no.x }}', kind: 'undefined', message: "main.j2:1:7: 'None' has no attribute 'x'" },
  { src: '{{ b() }}', kind: 'template', message: "main.j2:1:4: 'str' object is not callable" },
  { src: '{{ 1 in 5 }}', kind: 'template', message: "main.j2:1:4: argument of type 'int' is not iterable" },
  { src: '{{ [] | first }}', kind: 'undefined', message: 'main.j2:1:9: No first item, sequence was empty.' },
  {
    src: '{{ {} < {} }}',
    kind: 'template',
    message: "main.j2:1:4: '<' not supported between instances of 'dict' and 'dict'",
  },
  {
    src: '{% if %}{% endif %}',
    kind: 'parse',
    message: "main.j2:1:7: expected an expression, got the end of the tag '%}'",
  },
  {
    src: '{% for x %}{% endfor %}',
    kind: 'parse',
    message: "main.j2:1:10: expected 'in', got the end of the tag '%}'",
  },
  { src: '{{ a b }}', kind: 'parse', message: "main.j2:1:6: expected '}}', got 'b'" },
  { src: '{{ }}', kind: 'parse', message: "main.j2:1:4: expected an expression, got the end of the tag '}}'" },
  {
    src: '{% if a %}{% endfor %}',
    kind: 'parse',
    message: "main.j2:1:14: unknown tag 'endfor'; the open 'if' expects 'elif' or 'else' or 'endif'",
  },
  { src: "{{ 'abc }}", kind: 'parse', message: "main.j2:1:4: unterminated string; close it with '" },
  { src: '{{ (1 }}', kind: 'parse', message: "main.j2:1:7: unexpected '}', expected ')'" },
  { src: '{{ a | }}', kind: 'parse', message: "main.j2:1:8: expected a name, got the end of the tag '}}'" },
  { src: '{# open', kind: 'parse', message: 'main.j2:1:1: missing end of comment tag; close it with #}' },
  { src: '{% set %}', kind: 'parse', message: "main.j2:1:8: expected a name, got the end of the tag '%}'" },
  { src: '{{ x.y. }}', kind: 'parse', message: 'main.j2:1:9: expected a name or number behind the dot' },
  { src: '{{ 1 is even is odd }}', kind: 'parse', message: 'main.j2:1:14: tests cannot be chained with "is"' },
  { src: '{{ f(a=1, 2) }}', kind: 'parse', message: 'main.j2:1:11: a positional argument follows a named one' },
  {
    src: '{% block a %}{% endblock %}{% block a %}{% endblock %}',
    kind: 'parse',
    message: "main.j2:1:31: block 'a' is defined twice",
  },
  { src: "{{ '%s %s' % ('a',) }}", kind: 'template', message: 'main.j2:1:12: not enough arguments for format string' },
  { src: "{{ '%d' % 'x' }}", kind: 'template', message: 'main.j2:1:9: %d format: a real number is required, not str' },
  { src: "{{ 'abc'.index('z') }}", kind: 'template', message: 'main.j2:1:10: substring not found' },
  { src: "{{ {'a': 1}['b'] }}", kind: 'undefined', message: "main.j2:1:12: 'dict object' has no attribute 'b'" },
  { src: '{{ d.get() }}', kind: 'template', message: "main.j2:1:6: get() missing required argument: 'key'" },
  {
    src: "{{ 'a'.join([1]) }}",
    kind: 'template',
    message: 'main.j2:1:8: sequence item 0: expected str instance, int found',
  },
  { src: '{{ range() }}', kind: 'template', message: 'main.j2:1:4: range expected 1 to 3 arguments, got 0' },
  {
    src: '{{ l | sort(foo=1) }}',
    kind: 'template',
    message: "main.j2:1:8: sort() got an unexpected keyword argument 'foo'",
  },
  {
    src: "{{ [1, 'a'] | sort }}",
    kind: 'template',
    message: "main.j2:1:15: '<' not supported between instances of 'str' and 'int'",
  },
  { src: '{{ {[]: 1} }}', kind: 'template', message: "main.j2:1:4: unhashable type: 'list'" },
  {
    src: '{% set a, b = [1] %}',
    kind: 'template',
    message: 'main.j2:1:4: not enough values to unpack (expected 2, got 1)',
  },
  {
    src: '{% set a, b = [1, 2, 3] %}',
    kind: 'template',
    message: 'main.j2:1:4: too many values to unpack (expected 2)',
  },
  { src: '{{ 5 | join }}', kind: 'template', message: "main.j2:1:8: 'int' object is not iterable" },
  { src: '{{ 5[0] }}', kind: 'undefined', message: 'main.j2:1:5: int object has no element 0' },
  { src: '{{ loop.index }}', kind: 'undefined', message: "main.j2:1:4: 'loop' is undefined" },
  { src: '{% for x in 5 %}{% endfor %}', kind: 'template', message: "main.j2:1:4: 'int' object is not iterable" },
  {
    src: '{{ 1 is divisibleby }}',
    kind: 'template',
    message: "main.j2:1:9: divisibleby() missing required argument: 'other'",
  },
  { src: '{{ l | batch }}', kind: 'template', message: "main.j2:1:8: batch() missing required argument: 'linecount'" },
  {
    src: '{% include 5 %}',
    kind: 'template',
    message: "main.j2:1:4: template '5' not found; looked beside the template and in the search path",
  },
  { src: '{{ super() }}', kind: 'undefined', message: "main.j2:1:4: 'super' is undefined" },
  {
    src: '{% block x %}{{ super() }}{% endblock %}',
    kind: 'template',
    message: "main.j2:1:17: there is no parent block called 'x'",
  },
  {
    src: "{% extends 'nope.j2' %}",
    kind: 'template',
    message: "main.j2:1:4: template 'nope.j2' not found; looked beside the template and in the search path",
  },
  { src: '{% call 5 %}{% endcall %}', kind: 'parse', message: 'main.j2:1:4: expected a call behind "call"' },
  { src: '{% endif %}', kind: 'parse', message: "main.j2:1:4: unknown tag 'endif'" },
  {
    src: '{% macro %}{% endmacro %}',
    kind: 'parse',
    message: "main.j2:1:10: expected a name, got the end of the tag '%}'",
  },
];

describe('mistakes in templates', () => {
  test.each(cases)('$src', ({ src, kind, message }) => {
    let error: unknown;
    try {
      render(src, VARS);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TsplayError);
    expect((error as TsplayError).describe()).toBe(message);
    expect((error as TsplayError).kind).toBe(kind);
  });
});
