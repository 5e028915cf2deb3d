import { fail } from '../values/fail.ts';

const CLASSES: ReadonlyMap<string, string> = new Map([
  ['w', '\\p{L}\\p{N}_'],
  ['d', '\\p{Nd}'],
  ['D', '\\P{Nd}'],
  ['s', '\\s'],
  ['S', '\\S'],
  ['n', '\\n'],
  ['r', '\\r'],
  ['t', '\\t'],
  ['f', '\\f'],
  ['v', '\\v'],
  ['a', '\\x07'],
  ['b', '\\x08'],
]);

/**
 * A character class of Python in JavaScript's; `start` is behind its `[`.
 * A `]` in first place is literal, and so is a `[` anywhere.
 */
export function translateClass(pattern: string, start: number): { readonly source: string; readonly end: number } {
  let at = start;
  const negated = pattern[at] === '^';
  if (negated) at += 1;
  let body = '';
  // `\W` inside a class has no set notation without the v flag, so it becomes an alternative beside the class.
  let notWord = false;
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) fail(`invalid regular expression '${pattern}': unterminated character set`);
    if (pattern[at] !== '\\') {
      const char = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
      at += char.length;
      body += char === '-' ? dash(pattern, at, start + Number(negated)) : /[\]^[\\/]/.test(char) ? `\\${char}` : char;
      continue;
    }
    const found = readEscape(pattern, at + 1);
    at = found.end;
    if (found.source === '\\W') notWord = true;
    else body += found.source;
  }
  return { source: build(body, negated, notWord), end: at + 1 };
}

function build(body: string, negated: boolean, notWord: boolean): string {
  if (!notWord) return `[${negated ? '^' : ''}${body}]`;
  const word = '[\\p{L}\\p{N}_]';
  if (negated) return body ? `(?:(?![${body}])${word})` : word;
  return body ? `(?:[${body}]|[^\\p{L}\\p{N}_])` : '[^\\p{L}\\p{N}_]';
}

/** A dash at either end, or beside a class such as `\w`, is literal. */
function dash(pattern: string, after: number, first: number): string {
  const before = pattern.slice(0, after - 1);
  const literal = after - 1 === first || pattern[after] === ']' || /\\[wWdDsS]$/.test(before);
  return literal || /^\\[wWdDsS]/.test(pattern.slice(after, after + 2)) ? '\\-' : '-';
}

function readEscape(pattern: string, at: number): { readonly source: string; readonly end: number } {
  const char = String.fromCodePoint(pattern.codePointAt(at) ?? 0x5c);
  const end = at + char.length;
  if (char === 'W') return { source: '\\W', end };
  const known = CLASSES.get(char);
  if (known) return { source: known, end };
  const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(pattern.slice(at, at + 9));
  if (code) return { source: `\\u{${code[1] ?? code[2] ?? code[3]}}`, end: at + code[0].length };
  const octal = /^[0-7]{1,3}/.exec(pattern.slice(at, at + 3));
  if (octal) return { source: `\\u{${Number.parseInt(octal[0], 8).toString(16)}}`, end: at + octal[0].length };
  if (/[A-Za-z]/.test(char)) fail(`invalid regular expression '${pattern}': bad escape \\${char}`);
  return { source: /[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char, end };
}
