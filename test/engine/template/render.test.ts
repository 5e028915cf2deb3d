import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { renderTemplate } from '../../../src/engine/template/compile.ts';
import { scopeOf, withFiles } from './support.ts';

describe('template files', () => {
  test.each([
    { src: 'a {{ n }}\n', out: 'a 5\n' },
    { src: "{{ 'a\\tb' }}\n", out: 'a\tb\n' },
    // trim_blocks takes the last newline; the file still ends with one.
    { src: '{% if n %}x{% endif %}\n', out: 'x\n' },
    { src: '{% if n %}x{% endif %}', out: 'x' },
    { src: "#jinja2: variable_start_string:'[[', variable_end_string:']]'\n[[ n ]] {{ n }}\n", out: '5 {{ n }}\n' },
    { src: '#jinja2: trim_blocks:False\n{% if n %}\nx\n{% endif %}\n', out: '\nx\n' },
    { src: '#jinja2: lstrip_blocks: True\n  {% if n %}\n  x\n  {% endif %}\n', out: '  x\n' },
    { src: "#jinja2: newline_sequence:'\\r\\n'\na\nb\n", out: 'a\r\nb\r\n' },
    { src: '[1, 2]\n', out: '[1, 2]\n' },
    { src: '{{ [1, n] }}{{ none }}\n', out: '[1, 5]\n' },
    { src: '{{ "a\n\n" }}\n', out: 'a\n\n' },
    { src: 'a\r\nb{{ n }}\r\n', out: 'a\nb5\n' },
  ])('%j', ({ src, out }) => {
    expect(renderTemplate(src, scopeOf({ n: 5 }), { file: 'x.j2' })).toBe(out);
  });

  test('options and variables of the task', () => {
    const options = { variableStart: '<<', variableEnd: '>>', newlineSequence: '\r\n', vars: new Map([['n', 6]]) };
    expect(renderTemplate('<< n >>\n', scopeOf({ n: 5 }), { file: 'x.j2', options })).toBe('6\r\n');
  });

  test('a header without colon and an unknown key', () => {
    expect(() => renderTemplate('#jinja2: trim_blocks\nx', scopeOf({}), { file: 'x.j2' })).toThrow(
      /failed to parse jinja2 override/,
    );
    const scope = scopeOf({});
    expect(renderTemplate('#jinja2: nonsense:1\nx', scope, { file: 'x.j2' })).toBe('x');
    expect(scope.warnings).toHaveLength(1);
  });

  test('includes are found beside the template, then in templates/ of the search path', () => {
    const files = {
      'role/templates/main.j2': "{% include 'sub/a.j2' %}|{% include 'shared.j2' %}\n",
      'role/templates/sub/a.j2': "a+{% include 'b.j2' %}\n",
      'role/templates/sub/b.j2': 'b {{ n }}\n',
      'play/templates/shared.j2': 'shared\n',
    };
    withFiles(files, (folder) => {
      const scope = scopeOf(
        { n: 5 },
        { searchPath: [join(folder, 'role'), join(folder, 'play')], playbookDir: folder },
      );
      const file = join(folder, 'role/templates/main.j2');
      expect(renderTemplate(files['role/templates/main.j2'], scope, { file })).toBe('a+b 5|shared\n');
    });
  });

  test('an error inside of an included file names that file', () => {
    withFiles({ 'inc.j2': 'one\n  {{ nope }}\n' }, (folder) => {
      const scope = scopeOf({}, { playbookDir: folder });
      const run = () => renderTemplate("x\n{% include 'inc.j2' %}", scope, { file: join(folder, 'main.j2') });
      expect(run).toThrow(expect.objectContaining({ position: { file: join(folder, 'inc.j2'), line: 2, column: 6 } }));
    });
  });

  test('files that include each other', () => {
    withFiles({ 'a.j2': "{% include 'b.j2' %}", 'b.j2': "{% include 'a.j2' %}" }, (folder) => {
      const scope = scopeOf({}, { playbookDir: folder });
      expect(() => renderTemplate("{% include 'a.j2' %}", scope, { file: join(folder, 'main.j2') })).toThrow(
        /without end/,
      );
    });
  });
});
