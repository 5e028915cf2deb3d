import { describe, expect, test } from '@jest/globals';
import { Float, type Value } from '../../../src/engine/model/value.ts';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import { toValue } from '../../../src/engine/yaml/to-value.ts';

function load(text: string): unknown {
  const node = parseYaml(text, 'file.yml');
  return node && toValue(node);
}

function map(...entries: Array<[Value, unknown]>): Map<Value, unknown> {
  return new Map(entries);
}

describe('scalars have the values of YAML 1.1', () => {
  test.each<[string, unknown]>([
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['no', false],
    ['off', false],
    ['y', 'y'],
    ['yEs', 'yEs'],
    ['~', null],
    ['Null', null],
    ['', null],
    ['12', 12],
    ['+12', 12],
    ['-7', -7],
    ['-0', 0],
    ['0644', 420],
    ['08', '08'],
    ['0o17', '0o17'],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['1:30', 90],
    ['22:22', 1342],
    ['9007199254740993', 9007199254740993n],
    ['1.5', 1.5],
    ['2.0', new Float(2)],
    ['.5', 0.5],
    ['-.5', '-.5'],
    ['1e3', '1e3'],
    ['1.0e+3', new Float(1000)],
    ['1.0e3', '1.0e3'],
    ['190:20:30.15', 685230.15],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['.NaN', Number.NaN],
    ['2001-12-14', '2001-12-14'],
    ['10.0.0.1', '10.0.0.1'],
    ["'yes'", 'yes'],
    ['"0644"', '0644'],
    ['!!str 12', '12'],
    ['!!int "5"', 5],
    ['!!float 3', new Float(3)],
    ['!!bool yes', true],
    ['!!binary aGVsbG8=', Buffer.from('hello')],
    ['! 12', '12'],
  ])('%s', (text, value) => {
    expect(load(`a: ${text}\n`)).toEqual(map(['a', value]));
  });

  test('keys keep their type', () => {
    expect(load('80: a\n"80": b\nyes: c\n')).toEqual(map([80, 'a'], ['80', 'b'], [true, 'c']));
  });
});

describe('text', () => {
  test.each<[string, string, string]>([
    ['a plain text over lines', 'a: one\n  two\n\n  three\n', 'one two\nthree'],
    ['a comment needs a blank before it', 'a: b#c #d\n', 'b#c'],
    ['a colon within', 'a: http://x:80/\n', 'http://x:80/'],
    ['a dash on a continued line', 'a: one\n  - two\n', 'one - two'],
    ['two single quotes', "a: 'it''s'\n", "it's"],
    ['escapes', 'a: "\\x41\\u00e9\\U0001F600\\t\\"\\\\\\/"\n', 'A\u00e9\u{1F600}\t"\\/'],
    ['quotes fold lines', 'a: "one  \n   two\n\n   three"\n', 'one two\nthree'],
    ['quotes may go on at the left', 'x:\n  a: "one\ntwo"\n', 'one two'],
    ['an escaped line end', 'a: "one\\\n   two"\n', 'onetwo'],
    ['an escaped blank stays', 'a: "one\\ \n  two"\n', 'one  two'],
    ['literal', 'a: |\n  one\n   two\n\n  three\n', 'one\n two\n\nthree\n'],
    ['folded', 'a: >\n  one\n  two\n\n  three\n   deeper\n  four\n', 'one two\nthree\n deeper\nfour\n'],
    ['stripped', 'a: |-\n  one\n\n', 'one'],
    ['kept', 'a: |+\n  one\n\nb: c\n', 'one\n\n'],
    ['indentation given', 'a: |2\n   one\n  two\n', ' one\ntwo\n'],
    ['a comment behind the mark', 'a: |# c\n  one\n', 'one\n'],
    ['without a last line end', 'a: |\n  one', 'one'],
    ['CRLF', 'a: |\r\n  one\r\n  two\r\n', 'one\ntwo\n'],
    ['byte order mark', '\ufeffa: one\n', 'one'],
  ])('%s', (_name, text, value) => {
    const found = load(text);
    const top = found instanceof Map ? found : new Map();
    const inner = top.get('x') instanceof Map ? top.get('x') : top;
    expect(inner.get('a')).toBe(value);
  });
});

describe('collections', () => {
  test.each<[string, string, unknown]>([
    ['nothing', '', undefined],
    ['only a comment', '# x\n', undefined],
    ['only a start', '---\n', undefined],
    ['a list under its key', 'a:\n- 1\n- 2\nb: 3\n', map(['a', [1, 2]], ['b', 3])],
    ['lists in lists', '- - 1\n  - 2\n- 3\n', [[1, 2], 3]],
    ['mappings in a list', '- a: 1\n  b: 2\n-\n  a: 3\n', [map(['a', 1], ['b', 2]), map(['a', 3])]],
    ['flow', '{a: [1, b: 2, "c":3], d, e: }', map(['a', [1, map(['b', 2]), map(['c', 3])]], ['d', null], ['e', null])],
    ['flow over lines', 'a: [\n  1, # one\n  2,\n]\n', map(['a', [1, 2]])],
    ['a dedented bracket', 'a:\n  b: [\n  1\n]\n', map(['a', map(['b', [1]])])],
    ['explicit keys', '? a\n: 1\n? b\n', map(['a', 1], ['b', null])],
    ['an alias', 'a: &x [1]\nb: *x\n', map(['a', [1]], ['b', [1]])],
    ['an anchor on a key', '&x a: *x\n', map(['a', 'a'])],
    ['!!set', 'a: !!set {x, y}\n', map(['a', ['x', 'y']])],
    ['!!omap', '!!omap [a: 1]\n', [['a', 1]]],
    [
      'merge',
      'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n',
      map(['a', map(['b', 1], ['c', 2])], ['d', map(['b', 1], ['c', 3])]),
    ],
    ['of merged ones the first wins', '<<: [{a: 1}, {a: 2, b: 3}]\n', map(['a', 1], ['b', 3])],
    ['quoted "<<" is a key', '"<<": 1\n', map(['<<', 1])],
  ])('%s', (_name, text, value) => {
    expect(load(text)).toEqual(value);
  });
});
