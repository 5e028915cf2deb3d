import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { compileText, evaluate } from '../../../src/engine/template/compile.ts';
import { scopeOf } from './support.ts';

const bombs: readonly { src: string; error: RegExp }[] = [
  { src: "{{ 'a' * 10 ** 10 }}", error: /too large/ },
  { src: '{{ [0] * 10 ** 10 }}', error: /too large/ },
  { src: '{{ range(10 ** 9) }}', error: /too long|too large/ },
  { src: '{{ 9 ** (9 ** 9) }}', error: /too large/ },
  { src: "{{ '%999999999d' % 1 }}", error: /too large/ },
  { src: "{{ '{:>999999999}'.format(1) }}", error: /too large/ },
  { src: "{{ 'a'.ljust(10 ** 9) }}", error: /too large/ },
  { src: "{{ 'a' | center(10 ** 9) }}", error: /too large/ },
  { src: "{{ 'x' | indent(10 ** 9, true) }}", error: /too large/ },
  { src: "{{ ('a' * 10 ** 6).replace('a', 'b' * 10 ** 6) }}", error: /too large/ },
  { src: '{{ [1] | batch(10 ** 9, 0) }}', error: /too large|memory/ },
  { src: '{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}', error: /too long/ },
  { src: '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', error: /too often|too deeply/ },
  { src: '{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}', error: /too often|too deeply/ },
  { src: '{% set l = [] %}{% do l.append(l) %}{{ l }}', error: /too deeply/ },
  {
    src: '{% set ns = namespace(l=["x"]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}',
    error: /too large|too deeply/,
  },
  {
    src: '{% set a = namespace(l=[1]) %}{% set b = namespace(l=[1]) %}{% for i in range(60) %}{% set a.l = [a.l, a.l] %}{% set b.l = [b.l, b.l] %}{% endfor %}{{ a.l == b.l }}',
    error: /too large/,
  },
  {
    src: "{% set ns = namespace(s='xx') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    error: /too large/,
  },
  { src: `{{ ${'('.repeat(1000)}1${')'.repeat(1000)} }}`, error: /too deeply/ },
  { src: `{{ ${'-'.repeat(5000)}1 }}`, error: /too deeply/ },
  { src: `{{ ${'not '.repeat(5000)}1 }}`, error: /too deeply/ },
  { src: `${'{% if 1 %}'.repeat(5000)}${'{% endif %}'.repeat(5000)}`, error: /too deeply/ },
  { src: `{{ 1${' + 1'.repeat(20_000)} }}`, error: /too deeply/ },
];

describe('templates that would take all time or memory', () => {
  test.each(bombs)('%#: $error', ({ src, error }) => {
    let caught: unknown;
    try {
      evaluate(compileText(src), scopeOf({}));
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toBeInstanceOf(TsplayError);
    expect((caught as TsplayError).message).toMatch(error);
  });
});
