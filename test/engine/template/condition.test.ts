import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { compileExpression, compileText } from '../../../src/engine/template/compile.ts';
import { scopeOf } from './support.ts';

const vars = {
  n: 5,
  name: 'web1',
  text: 'false',
  expression: 'n == 6',
  unset: compileText('{{ nowhere }}'),
  hostname: 'x',
  no: null,
};
const position = { file: 'site.yml', line: 3, column: 9 };

describe('conditions', () => {
  test.each([
    { src: 'n == 5', value: true },
    { src: 'n > 3 and name is defined', value: true },
    { src: "'a\\tb'", value: 'a\tb' },
    // Neither a cast nor a second evaluation.
    { src: 'text', value: 'false' },
    { src: 'expression', value: 'n == 6' },
    { src: 'unset is not defined', value: true },
    { src: 'n in [1,\n  5]', value: true },
  ])('$src', ({ src, value }) => {
    const scope = scopeOf(vars);
    expect(compileExpression(src, position).evaluate(scope)).toEqual(value);
    expect(scope.warnings).toEqual([]);
  });

  test.each([
    { src: '{{ n == 5 }}', value: true },
    { src: '{{ n }} == 5', value: true },
    { src: '{{ text }}', value: false },
    { src: 'not {{ text }} and n in [{{ n }}]', value: true },
    { src: '"{{ "hash" | hash("sha1") }}" == "hash" | hash("sha1")', value: true },
    { src: "'{{ n }}' == '5' and 'a{{ no }}b' == 'ab'", value: true },
    { src: '"{{ n }}" "{{ name }}" == "5web1"', value: true },
    { src: 'name is match("{{ \'w\\d\' }}|w\\w")', value: true },
    { src: "'{{ name }}' == 'web1'", value: true },
    { src: "name == 'web{{ 1 }}'", value: true },
    { src: 'name is search("b{{ 1 }}$")', value: true },
    { src: '{% if n == 5 %}true{% else %}false{% endif %}', value: true },
    { src: '{% if n == 6 %}true{% else %}false{% endif %}', value: false },
  ])('$src works with a warning', ({ src, value }) => {
    const scope = scopeOf(vars);
    expect(compileExpression(src, position).evaluate(scope)).toBe(value);
    expect(scope.warnings).toHaveLength(1);
  });

  test.each([
    { src: '{{ name }}', error: "site.yml:3:9: 'web1' is undefined", kind: 'undefined' },
    {
      src: '{{ expression }}',
      error: "site.yml:3:9: the condition is the text 'n == 6', which is not evaluated",
      kind: 'template',
    },
    { src: 'nme', error: 'site.yml:3:9: \'nme\' is undefined; did you mean "name"?', kind: 'undefined' },
    { src: 'n == 1 or missing', error: "site.yml:3:19: 'missing' is undefined", kind: 'undefined' },
    { src: 'unset', error: "'nowhere' is undefined", kind: 'undefined' },
    { src: 'n ==', error: 'site.yml:3:13: expected an expression, got the end of the template', kind: 'parse' },
    { src: 'n n', error: "site.yml:3:11: expected the end of the expression, got 'n'", kind: 'parse' },
    { src: 'n is defnied', error: 'site.yml:3:14: unknown test "defnied"; did you mean "defined"?', kind: 'parse' },
    { src: 'n\n  | uper', error: 'site.yml:4:13: unknown filter "uper"; did you mean "upper"?', kind: 'parse' },
    { src: "n + 'a'", error: "site.yml:3:11: unsupported operand type(s) for +: 'int' and 'str'", kind: 'template' },
  ])('$src fails with $error', ({ src, error, kind }) => {
    let caught: unknown;
    try {
      compileExpression(src, position).evaluate(scopeOf(vars));
    } catch (thrown) {
      caught = thrown;
    }
    expect((caught as TsplayError).describe()).toContain(error);
    expect((caught as TsplayError).kind).toBe(kind);
  });

  test.each([
    { src: 'a | default(1)', ok: true },
    { src: '{% if a %}true{% endif %}', ok: true },
    { src: '{% if a %}true', ok: false },
    { src: 'a |', ok: false },
  ])('check of $src', ({ src, ok }) => {
    const check = () => compileExpression(src).check();
    if (ok) expect(check).not.toThrow();
    else expect(check).toThrow(TsplayError);
  });

  test('an undefined variable inside of a variable is reported where it stands', () => {
    const inner = { file: 'vars.yml', line: 7, column: 6 };
    const scope = scopeOf({ unset: compileText('{{ nowhere }}', inner) });
    const describeError = () => {
      try {
        return compileExpression('unset', position).evaluate(scope);
      } catch (error) {
        return error instanceof TsplayError ? error.describe() : error;
      }
    };
    expect(describeError()).toBe("vars.yml:7:9: 'nowhere' is undefined");
  });
});
