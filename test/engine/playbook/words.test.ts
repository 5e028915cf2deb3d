import { describe, expect, test } from '@jest/globals';
import { parseKeyValues } from '../../../src/engine/playbook/key-values.ts';
import { joinWords, splitWords } from '../../../src/engine/playbook/words.ts';

describe('splitWords', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['a b', ['a', 'b']],
    ['a=b c="foo bar"', ['a=b', 'c="foo bar"']],
    ["x='a b' y", ["x='a b'", 'y']],
    ['a={{ b c }} d', ['a={{ b c }}', 'd']],
    ['{{ a }}{{ b }} c', ['{{ a }}{{ b }}', 'c']],
    ['a {% if x %}b c{% endif %} d', ['a', '{% if x %}b', 'c{% endif %}', 'd']],
    ['a {# b c #} d', ['a', '{# b c #}', 'd']],
    ['a   b', ['a  ', 'b']],
    ['a\nb', ['a\n', 'b']],
    ['a \\\nb', ['a', 'b']],
    ['say \\"hi there\\"', ['say', '\\"hi', 'there\\"']],
  ])('%j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  test.each(['a "b', "it's", '{{ a', '{% if'])('refuses %j', (text) => {
    expect(() => splitWords(text)).toThrow('unbalanced jinja2 block or quotes');
  });

  test.each(['echo  a   b', 'a\nb c\n  d', "sh -c 'a  b'"])('joins %j as it was', (text) => {
    expect(joinWords(splitWords(text))).toBe(text);
  });
});

describe('parseKeyValues', () => {
  test.each<[string, boolean, Record<string, string>, string | undefined]>([
    ['src=a dest=b', false, { src: 'a', dest: 'b' }, undefined],
    ['src="a b" dest=\'c d\'', false, { src: 'a b', dest: 'c d' }, undefined],
    ['content=a=b', false, { content: 'a=b' }, undefined],
    ['msg={{ a | default("x y") }}', false, { msg: '{{ a | default("x y") }}' }, undefined],
    ['line="a\\nb"', false, { line: 'a\nb' }, undefined],
    ['flush_handlers', false, {}, 'flush_handlers'],
    ['file.yml name=x', false, { name: 'x' }, 'file.yml'],
    ['echo a=b chdir=/tmp', true, { chdir: '/tmp' }, 'echo a=b'],
    ['creates=/x touch /x', true, { creates: '/x' }, 'touch /x'],
    ['echo a\\=b', false, {}, 'echo a=b'],
    ['=x', false, {}, '=x'],
  ])('%j', (text, command, options, rest) => {
    const parsed = parseKeyValues(text, { command });
    expect([Object.fromEntries(parsed.options), parsed.rest]).toEqual([options, rest]);
  });
});
