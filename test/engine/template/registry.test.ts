import { describe, expect, test } from '@jest/globals';
import { compileText, evaluate, queryLookup } from '../../../src/engine/template/compile.ts';
import { builtinPlugin, filterNames, testNames } from '../../../src/engine/template/registry.ts';
import { scopeOf } from './support.ts';

const FILTERS =
  'abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format groupby indent int items join last length list lower map max min pprint random reject rejectattr replace reverse round safe select selectattr slice sort string striptags sum title tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr';
const TESTS =
  'boolean callable defined divisibleby eq equalto escaped even false filter float ge greaterthan gt in integer iterable le lessthan lower lt mapping ne none number odd sameas sequence string test true undefined upper == != < <= > >=';

describe('registry', () => {
  test("all of Jinja2's filters and tests are there", () => {
    expect(filterNames()).toEqual(expect.arrayContaining(FILTERS.split(' ')));
    expect(testNames()).toEqual(expect.arrayContaining(TESTS.split(' ')));
  });

  test.each(['ansible.builtin.upper', 'ansible.legacy.upper', 'ansible.utils.upper', 'community.general.upper'])(
    '%s is upper',
    (name) => {
      expect(builtinPlugin('filter', name)).toBe(builtinPlugin('filter', 'upper'));
    },
  );

  test('a name of another collection is unknown', () => {
    expect(builtinPlugin('filter', 'acme.tools.upper')).toBeUndefined();
    expect(builtinPlugin('test', 'toString')).toBeUndefined();
  });

  test('dotted names in templates', () => {
    expect(evaluate(compileText("{{ 'a' | ansible.builtin.upper is ansible.builtin.defined }}"), scopeOf({}))).toBe(
      true,
    );
  });

  test.each([
    { options: { errors: 'ignore' }, warnings: 0 },
    { options: { errors: 'warn' }, warnings: 1 },
  ])('a failing lookup with $options', ({ options, warnings }) => {
    const scope = scopeOf({});
    expect(queryLookup('file', ['/nowhere/at/all'], scope, new Map(Object.entries(options)))).toEqual([]);
    expect(scope.warnings).toHaveLength(warnings);
    expect(() => queryLookup('file', ['/nowhere/at/all'], scope)).toThrow();
  });

  test.each([
    { src: "{{ lookup('env', 'HOME') }}", value: '/home/ann' },
    { src: "{{ query('env', 'HOME') }}", value: ['/home/ann'] },
    { src: "{{ q('ansible.builtin.env', 'HOME', 'HOME') }}", value: ['/home/ann', '/home/ann'] },
    { src: "{{ lookup('env', 'HOME', 'HOME') }}", value: '/home/ann,/home/ann' },
    { src: "{{ lookup('env', 'HOME', wantlist=True) }}", value: ['/home/ann'] },
    { src: "{{ lookup('items', [1, 2]) }}", value: [1, 2] },
  ])('$src', ({ src, value }) => {
    expect(evaluate(compileText(src), scopeOf({}))).toEqual(value);
  });
});
