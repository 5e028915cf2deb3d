import { describe, expect, test } from '@jest/globals';
import { OMIT, type Raw, type Value } from '../../../src/engine/model/value.ts';
import { compileRaw, compileText, evaluate, isTemplate, withoutOmit } from '../../../src/engine/template/compile.ts';
import { python, scopeOf } from './support.ts';

describe('containers of raw values', () => {
  test.each(['{{ a }}', '{% if a %}{% endif %}', 'x {# c #}'])('%s is a template', (text) => {
    expect(isTemplate(text)).toBe(true);
    expect(compileText(text)).not.toBe(text);
  });

  test.each(['', 'a', '{ a }', '%}', 'a { b'])('%j is plain text', (text) => {
    expect(compileText(text)).toBe(text);
  });

  test('strings inside are compiled and evaluated, keys are left alone', () => {
    const raw = compileRaw(python({ a: ['x', '{{ n }}', { b: '{{ n + 1 }}' }], '{{ n }}': 1 }) as Raw);
    expect(evaluate(raw, scopeOf({ n: 5 }))).toEqual(python({ a: ['x', 5, { b: '6' }], '{{ n }}': 1 }));
  });

  test('what holds no template stays the same object', () => {
    const value = python({ a: [1, { b: 'x' }] }) as Raw;
    expect(compileRaw(value)).toBe(value);
    expect(evaluate(value, scopeOf({}))).toBe(value);
  });

  test('a compiled container can be evaluated in several scopes', () => {
    const raw = compileRaw(['{{ n }}']);
    expect([1, 2].map((n) => evaluate(raw, scopeOf({ n })))).toEqual([[1], [2]]);
  });

  test('omitted entries are removed at any depth', () => {
    const value: Value = new Map<Value, Value>([
      ['a', OMIT],
      ['b', [1, OMIT, new Map<Value, Value>([['c', OMIT]])]],
    ]);
    expect(withoutOmit(value)).toEqual(new Map<Value, Value>([['b', [1, new Map()]]]));
    const whole = python({ a: [1] });
    expect(withoutOmit(whole)).toBe(whole);
  });

  test('omit is recognised after default()', () => {
    expect(evaluate(compileText('{{ nothing | default(omit) }}'), scopeOf({}))).toBe(OMIT);
  });
});
