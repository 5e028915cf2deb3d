import type { Value } from '../../../model/value.ts';
import { dictSet, fail, makeFloat, makeInt } from '../../values.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const WORDS: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];
const UNESCAPED: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};
const DEEPEST = 900;

/**
 * Reads JSON as Python does: ints of any size, floats kept apart from ints, dicts in order, NaN and Infinity accepted.
 * @throws TsplayError with Python's message and place
 */
export function parseJson(text: string): Value {
  const reader = new Reader(text);
  reader.skip();
  const value = reader.value(0);
  reader.skip();
  if (reader.at < text.length) reader.fail('Extra data');
  return value;
}

class Reader {
  at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  fail(message: string, at = this.at): never {
    const before = this.text.slice(0, at);
    const line = before.split('\n').length;
    return fail(`${message}: line ${line} column ${at - before.lastIndexOf('\n')} (char ${at})`);
  }

  skip(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  value(depth: number): Value {
    if (depth > DEEPEST) this.fail('JSON is nested too deeply');
    const char = this.text[this.at];
    if (char === '"') return this.string();
    if (char === '{') return this.object(depth);
    if (char === '[') return this.list(depth);
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return this.number();
  }

  private number(): Value {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match) return this.fail('Expecting value');
    this.at += match[0].length;
    if (match[1] !== undefined || match[2] !== undefined) return makeFloat(Number(match[0]));
    return makeInt(BigInt(match[0]));
  }

  private string(): string {
    const start = this.at++;
    let result = '';
    for (;;) {
      const char = this.text[this.at++];
      if (char === undefined) return this.fail('Unterminated string starting at', start);
      if (char === '"') return result;
      if (char < ' ') this.fail('Invalid control character at', this.at - 1);
      result += char === '\\' ? this.escape() : char;
    }
  }

  private escape(): string {
    const start = this.at - 1;
    const char = this.text[this.at++] ?? '';
    if (char !== 'u')
      return (Object.hasOwn(UNESCAPED, char) ? UNESCAPED[char] : undefined) ?? this.fail('Invalid \\escape', start);
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[\da-fA-F]{4}$/.test(digits)) this.fail('Invalid \\uXXXX escape', start + 1);
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private list(depth: number): Value[] {
    const items: Value[] = [];
    this.at++;
    this.skip();
    if (this.takes(']')) return items;
    for (;;) {
      this.skip();
      items.push(this.value(depth + 1));
      this.skip();
      if (this.takes(']')) return items;
      if (!this.takes(',')) this.fail("Expecting ',' delimiter");
    }
  }

  private object(depth: number): Value {
    const entries = new Map<Value, Value>();
    this.at++;
    this.skip();
    if (this.takes('}')) return entries;
    for (;;) {
      this.skip();
      if (this.text[this.at] !== '"') this.fail('Expecting property name enclosed in double quotes');
      const key = this.string();
      this.skip();
      if (!this.takes(':')) this.fail("Expecting ':' delimiter");
      this.skip();
      dictSet(entries, key, this.value(depth + 1));
      this.skip();
      if (this.takes('}')) return entries;
      if (!this.takes(',')) this.fail("Expecting ',' delimiter");
    }
  }

  private takes(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }
}
