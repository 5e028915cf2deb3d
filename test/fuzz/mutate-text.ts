import { oneOf, type Random } from './random.ts';

const TOKENS = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '-%}',
  '|',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '- ',
  '\n',
  '\n  ',
  '\t',
  "'",
  '"',
  '#',
  '&a ',
  '*a',
  '<<: ',
  '!vault ',
  '!unsafe ',
  '!!python/none ',
  '---\n',
  '...\n',
  '|\n',
  '>-\n',
  '? ',
  '%YAML 1.1\n',
  '\\',
  '\0',
  '\x1b',
  '\ufeff',
  '\u2028',
  '😀',
  '__proto__',
  'constructor',
  'null',
  '.inf',
  '1e999',
  '9999999999999999999',
  '-1',
  '[0:99999999]',
  '~[',
  ' if ',
  ' in ',
  ' is ',
  ' ** 9 ** 9',
  ' * 999999999',
  "| regex_search('(a+)+$')",
  '| list',
  '.x',
];

/** One text made wrong in one to four places: a token put in, bytes left out, doubled, swapped or changed. */
export function mutateText(text: string, next: Random): string {
  let result = text;
  for (let left = 1 + next(4); left > 0; left--) {
    const [from, length] = [next(result.length + 1), 1 + next(12)];
    const [before, piece, after] = [
      result.slice(0, from),
      result.slice(from, from + length),
      result.slice(from + length),
    ];
    const ways = [
      () => before + oneOf(TOKENS, next) + piece + after,
      () => before + oneOf(TOKENS, next) + after,
      () => before + after,
      () => before + piece.repeat(2 + next(6)) + after,
      () => before + [...piece].reverse().join('') + after,
      () => before + String.fromCharCode(next(300)) + after,
    ];
    result = oneOf(ways, next)();
  }
  return result;
}

/** What editors, other systems and broken transfers do to a file. */
export function mutateBytes(text: string, next: Random): Buffer {
  const bytes = Buffer.from(text);
  const at = next(bytes.length + 1);
  const put = (...piece: readonly number[]) =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(piece), bytes.subarray(at)]);
  const ways = [
    () => Buffer.from(text.replaceAll('\n', '\r\n')),
    () => Buffer.from(text.replaceAll('\n', '\r')),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(text, 'utf16le'),
    () => bytes.subarray(0, at),
    () => put(0),
    () => put(0xc3),
    () => put(0xed, 0xa0, 0x80),
    () => put(0xff, 0xfe),
    () => put(...Buffer.alloc(20_000, oneOf([0x20, 0x61, 0x7b, 0x5b, 0x2d, 0x28], next))),
  ];
  return oneOf(ways, next)();
}
