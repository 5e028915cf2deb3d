import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { compileText, evaluate } from '../../../src/engine/template/compile.ts';
import { python, scopeOf } from './support.ts';

/** Ways that led to JavaScript or Python in other engines. None gives a value here. */
const escapes = [
  "{{ ''.__class__ }}",
  "{{ ''.__class__.__mro__[1].__subclasses__() }}",
  "{{ ''.constructor }}",
  "{{ ''['constructor'] }}",
  "{{ {}.constructor.constructor('return process')() }}",
  "{{ {}['__proto__'] }}",
  '{{ [].__proto__ }}',
  '{{ d.__proto__ }}',
  '{{ d.prototype }}',
  '{{ d.hasOwnProperty }}',
  '{{ d.size }}',
  '{{ d.get.constructor }}',
  '{{ d.get.call }}',
  '{{ l.length }}',
  '{{ l.map }}',
  "{{ l | attr('constructor') }}",
  "{{ l | map(attribute='constructor') | list }}",
  '{{ lipsum.__globals__ }}',
  '{{ lipsum.call }}',
  '{{ cycler.__init__ }}',
  '{{ range.constructor }}',
  '{{ namespace(a=1).values }}',
  '{% for x in l %}{{ loop.items }}{% endfor %}',
  '{{ self.constructor }}',
  '{% macro m() %}{% endmacro %}{{ m.compiled }}',
  '{{ now().parts }}',
  '{{ toString }}',
  '{{ valueOf }}',
  '{{ __proto__ }}',
  '{{ constructor }}',
  '{{ globalThis }}',
  '{{ process }}',
  "{{ require('fs') }}",
  "{{ 'a' | constructor }}",
  "{{ 'a' | __proto__ }}",
  "{{ 'a' is constructor }}",
  "{{ ['a'] | map('constructor') | list }}",
  "{{ '{0.constructor}'.format(d) }}",
  "{{ '{0.__class__}'.format('x') }}",
  "{{ '%(constructor)s' % d }}",
  "{{ lookup('constructor') }}",
  "{{ lookup('__proto__') }}",
  "{% include '/etc/passwd\\0' %}",
];

describe('templates reach nothing but their data', () => {
  test.each(escapes)('%s', (src) => {
    const scope = scopeOf({ d: python({ a: 1 }) as never, l: [1, 2] });
    expect(() => evaluate(compileText(src), scope)).toThrow(TsplayError);
  });

  test('keys that JavaScript objects inherit are ordinary keys', () => {
    const scope = scopeOf(new Map([['constructor', python({ __proto__x: 1, toString: 2 }) as never]]));
    expect(evaluate(compileText('{{ constructor.toString }}'), scope)).toBe('2');
    expect(evaluate(compileText("{{ {'__proto__': 3}.__proto__ }}"), scope)).toBe('3');
  });
});
