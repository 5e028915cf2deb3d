import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import type { Raw } from '../../../src/engine/model/value.ts';
import type { DuplicateKey } from '../../../src/engine/yaml/entries.ts';
import { decodeText, parseYaml, parseYamlAll } from '../../../src/engine/yaml/parse.ts';
import { toValue } from '../../../src/engine/yaml/to-value.ts';

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof TsplayError) return error.describe();
    throw error;
  }
  return 'no error';
}

describe('a mistake gives its place and what to do', () => {
  test.each<[string, string]>([
    ['a: b: c\n', 'f.yml:1:5: mapping values are not allowed here'],
    ['a: {{ x }}\n', 'f.yml:1:4: a value that begins with "{{" must be quoted'],
    ['- {{ x }}/y\n', 'f.yml:1:3: a value that begins with "{{" must be quoted'],
    ['a:\n\tb: c\n', 'f.yml:2:2: a tab is used for indentation; indent with spaces'],
    ['\ta: b\n', 'f.yml:1:1: a tab is used for indentation'],
    ['-\ta: b\n', 'f.yml:1:2: a tab is used for indentation'],
    ['a: |\n\tx\n', 'f.yml:2:1: a tab is used for indentation'],
    ['a:\n  b: "x\n  c: d\n', 'f.yml:2:6: a double quote is never closed'],
    ["a: 'x\n", 'f.yml:1:4: a single quote is never closed'],
    ['a: "x\n---\ny"\n', 'f.yml:2:1: a document ends within quotes'],
    ['a: [1, 2\n', 'f.yml:1:4: "[" is never closed; add "]"'],
    ['a: {b: c\n  d: e}\n', 'f.yml:2:4: "," or "}" is missing within "{" (opened on line 1)'],
    ['a: [b]]\n', 'f.yml:1:7: text follows a finished value'],
    ['a: "b" c\n', 'f.yml:1:8: text follows a finished value'],
    ['a: @x\n', 'f.yml:1:4: a value may not begin with "@"; quote the value'],
    ['a: %x\n', 'f.yml:1:4: a value may not begin with "%"'],
    ['a: *.txt\n', 'f.yml:1:4: "*" begins an alias, and no name of one follows; quote the value'],
    ['a: *x\n', 'f.yml:1:4: no anchor "&x" before this alias'],
    ['a: b\n  c: d\n', 'f.yml:2:4: mapping values are not allowed here: this line goes on with the value of line 1'],
    ['a:\n    b: c\n   d: e\n', 'f.yml:3:4: this line is indented otherwise than its neighbours'],
    ['a:\n  - b\n c: d\n', 'f.yml:3:2: this line is indented otherwise than its neighbours'],
    ['- a\nb: c\n', 'f.yml:2:1: expected "- " as the items before have'],
    ['a: b\n- c\n', 'f.yml:2:1: a list item stands among the keys of a mapping'],
    ['a: - b\n', 'f.yml:1:4: a list may not begin here'],
    ['a: b\nc:d\n', 'f.yml:2:1: expected ":" after the key "c:d"; put a space after the colon'],
    ['a: b\nc\n', 'f.yml:2:1: expected ":" after the key "c"'],
    ['? [a]\n: b\n', 'f.yml:1:3: a list cannot be a key'],
    ['a: "\\q"\n', 'f.yml:1:5: unknown escape "\\q" within double quotes'],
    ['a: "\\ud"\n', 'f.yml:1:5: "\\u" needs 4 hexadecimal digits'],
    ['a: |x\n', 'f.yml:1:5: text may not stand on the line of "|"'],
    ['a: {b\n: c}\n', 'f.yml:2:1: a key may not go over lines; is a bracket of line 1 not closed?'],
    ['{: a}\n', 'f.yml:1:2: ":" without a key before it'],
    ['%a: b\n', 'f.yml:1:1: a line may not begin with "%"'],
    ['a: 1\n---\nb: 2\n', 'f.yml:2:1: a second document begins here'],
    ['a: b\0c\n', 'f.yml:1:5: control characters are not allowed (U+0000)'],
    [
      'a: !!python/object/apply:os.system [x]\n',
      'f.yml:1:4: no constructor for the tag "!!python/object/apply:os.system"',
    ],
    ['a: !!js/function "x"\n', 'f.yml:1:4: no constructor for the tag "!!js/function"'],
    ['a: !foo bar\n', 'f.yml:1:4: no constructor for the tag "!foo"'],
    ['a: !!int x\n', 'f.yml:1:10: "x" is no int'],
    ['<<: 1\n', 'f.yml:1:5: "<<" needs a mapping'],
  ])('%j', (text, message) => {
    expect(messageOf(() => parseYaml(text, 'f.yml'))).toContain(message);
  });

  test('deep nesting is refused', () => {
    expect(messageOf(() => parseYaml('['.repeat(100_000), 'f.yml'))).toContain('nested deeper than');
    expect(messageOf(() => parseYaml('- '.repeat(100_000), 'f.yml'))).toContain('nested deeper than');
  });

  test('an alias bomb is refused where it goes too far', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const lines = levels.map((name, at) => {
      const item = at === 0 ? 'lol' : `*${levels[at - 1]}`;
      return `${name}: &${name} [${Array(10).fill(item).join(', ')}]`;
    });
    expect(messageOf(() => parseYaml(lines.join('\n'), 'f.yml'))).toMatch(
      /^f\.yml:\d:\d+: aliases stand for more than/,
    );
  });

  test('bytes that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('a: b\nc: \u00e9'), Buffer.from([0xff]), Buffer.from('\n')]);
    expect(messageOf(() => decodeText(bytes, 'f.yml'))).toContain('f.yml:2:5: the file is not valid UTF-8');
    expect(decodeText(Buffer.from('a: \u00e9'), 'f.yml')).toBe('a: \u00e9');
  });
});

test('duplicate keys are told with both places, and the last one wins', () => {
  const found: DuplicateKey[] = [];
  const node = parseYaml('a: 1\nb: 2\na: 3\n', 'f.yml', { onDuplicate: (duplicate) => found.push(duplicate) });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ key: 'a', position: { line: 3, column: 1 }, first: { line: 1 } });
  expect(found[0]?.message).toBe('duplicate key "a" (first on line 1)');
  expect(node && toValue(node)).toEqual(
    new Map([
      ['a', 3],
      ['b', 2],
    ]),
  );
});

test('duplicates are found in large mappings, and what overrides a merged key is none', () => {
  const found: string[] = [];
  const onDuplicate = ({ message }: DuplicateKey) => found.push(message);
  const keys = Array.from({ length: 40 }, (_, at) => `k${at}: ${at}`);
  parseYaml([...keys, 'k30: x'].join('\n'), 'f.yml', { onDuplicate });
  parseYaml('<<: {a: 1}\na: 2\n', 'f.yml', { onDuplicate });
  expect(found).toEqual(['duplicate key "k30" (first on line 31)']);
});

test('nodes know their place', () => {
  const node = parseYaml('- name: x\n  when:\n    - a\n    -   "b"\n', 'f.yml');
  expect(node).toMatchObject({
    kind: 'seq',
    position: { file: 'f.yml', line: 1, column: 1 },
    items: [
      {
        kind: 'map',
        position: { line: 1, column: 3 },
        entries: [
          {
            key: 'name',
            keyPosition: { line: 1, column: 3 },
            node: { position: { line: 1, column: 9 }, quoted: false },
          },
          { key: 'when', node: { items: [{ value: 'a' }, { position: { line: 4, column: 9 }, quoted: true }] } },
        ],
      },
    ],
  });
});

test('all documents of a text', () => {
  const values = parseYamlAll('%YAML 1.1\n---\na\n...\n---\n---\n- b\n', 'f.yml').map((node) => toValue(node));
  expect(values).toEqual(['a', null, ['b']]);
});

describe('toValue', () => {
  const text =
    'plain: "{{ a }}"\nkept: !unsafe "{{ b }}"\nlist: !unsafe ["{{ c }}"]\nsecret: !vault |\n  $ANSIBLE_VAULT\n';
  const compile = (source: string): Raw => `compiled ${source}`;

  test('compiles strings, not those that are unsafe, nor keys', () => {
    const onVault = (secret: string): Raw => `vault ${secret.trim()}`;
    expect(toValue(parseYaml(text, 'f.yml')!, compile, onVault)).toEqual(
      new Map<string, unknown>([
        ['plain', 'compiled {{ a }}'],
        ['kept', '{{ b }}'],
        ['list', ['{{ c }}']],
        ['secret', 'vault $ANSIBLE_VAULT'],
      ]),
    );
  });

  test('refuses an encrypted value that nobody can read', () => {
    expect(messageOf(() => toValue(parseYaml(text, 'f.yml')!, compile))).toBe(
      'f.yml:4:16: an encrypted value cannot be read here',
    );
  });
});
