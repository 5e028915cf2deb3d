/** Numbers that are the same in every run (a linear congruence), so that a failure can be repeated. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

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
export function mutated(text: string, next: (below: number) => number): string {
  let result = text;
  for (let left = 1 + next(4); left > 0; left--) {
    const [from, length] = [next(result.length + 1), 1 + next(12)];
    const [before, piece, after] = [
      result.slice(0, from),
      result.slice(from, from + length),
      result.slice(from + length),
    ];
    const ways = [
      () => before + TOKENS[next(TOKENS.length)] + piece + after,
      () => before + TOKENS[next(TOKENS.length)] + after,
      () => before + after,
      () => before + piece.repeat(2 + next(6)) + after,
      () => before + [...piece].reverse().join('') + after,
      () => before + String.fromCharCode(next(300)) + after,
    ];
    result = ways[next(ways.length)]!();
  }
  return result;
}
