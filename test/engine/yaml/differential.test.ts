import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Float, type Raw } from '../../../src/engine/model/value.ts';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import { toValue } from '../../../src/engine/yaml/to-value.ts';

/** Both readers' values in one form: dicts as entries, numbers as numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Map) return { dict: [...value].map(([key, entry]) => [plain(key), plain(entry)]) };
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

function ours(text: string): unknown {
  const node = parseYaml(text, 'test.yml');
  return node ? plain(toValue(node) as Raw) : null;
}

function theirs(text: string): unknown {
  return plain(parse(text, { version: '1.1', merge: true, mapAsMap: true, intAsBigInt: false }) ?? null);
}

/** Texts on which YAML 1.1 leaves no doubt: the `yaml` package must read the same. */
const TEXTS = [
  'a: 1',
  '- a\n- b: [1, 2.5, {c: d}]\n  e: ~',
  'a: no\nb: off\nc: true\nd: False\ne: "yes"',
  'mode: 0644\nhex: 0x1F\nbin: 0b11\nbig: 1_000\ntime: 1:30',
  'inf: .inf\nneg: -.inf\nexp: 1.5e+3',
  'plain: some text # a comment\nnext: "quoted # no comment"',
  "single: 'it''s'\ndouble: \"tab\\t nl\\n \\u00e9 \\x41\"",
  'lit: |\n  one\n   two\n\n  three\nfold: >\n  a\n  b\n\n  c\n',
  'strip: |-\n  x\nkeep: |+\n  y\n\nend: 1',
  'indent: |2\n    two more\n  base\n',
  'base: &b {v: 1, w: 2}\nover:\n  <<: *b\n  w: 3',
  'list: [a, "b, c", {d: e},]\nempty: []\nnone: {}',
  'long: word\n  goes on\n  here\n',
  '? key\n: value\n',
  'k: "multi\n  line\n\n  text"',
  "url: http://host:80/path?x=1#frag\ncolon: 'a: b'",
  '---\nfirst: document\n',
  'nested:\n- no indent\n- of lists\nafter: 1',
  '"quoted key": 1\n\'single\': 2\n3: three',
  'unicode: héllo ☃ 日本',
  'minus: -1\nword: -x',
];

describe('the same values as the yaml package', () => {
  test.each(TEXTS)('%j', (text) => {
    expect(ours(text)).toEqual(theirs(text));
  });
});
