import { Float, tuple, type Value } from '../../model/value.ts';
import { SIMPLE_ESCAPES } from '../../template/syntax/escapes.ts';

const SPACE = /[ \t\r\n\f]*(?:#[^\n]*)?/y;
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.?(?:\d(?:_?\d)*)?(?:[eE][-+]?\d(?:_?\d)*)?/y;
const WORD = /True|False|None/y;
const STRING =
  /([rR]|[uU]|[bB]|[bB][rR]|[rR][bB])?('''(?:[^\\]|\\[\s\S])*?'''|"""(?:[^\\]|\\[\s\S])*?"""|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*")/y;
const ESCAPE = /\\(?:\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g;
const MAX_DEPTH = 100;

/** A text that is no literal; never leaves this file. */
class NoLiteral extends Error {}

/** The value of a Python literal (`8080`, `[1, 'a']`, `{'a': 1}`, `True`, `1,2`); any other text is itself. */
export function readLiteral(text: string): Value {
  try {
    return new LiteralReader(text).read();
  } catch (error) {
    if (error instanceof NoLiteral) return text;
    throw error;
  }
}

class LiteralReader {
  private readonly text: string;
  private at: number;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.at = /^[ \t]*/.exec(text)![0].length;
  }

  read(): Value {
    const first = this.readValue();
    const value = this.peek() === ',' ? this.readTupleAfter(first, '') : first;
    if (this.peek() !== '') throw new NoLiteral();
    return value;
  }

  private peek(): string {
    this.match(SPACE);
    return this.text[this.at] ?? '';
  }

  private match(regex: RegExp): RegExpExecArray | undefined {
    regex.lastIndex = this.at;
    const found = regex.exec(this.text);
    if (!found) return undefined;
    this.at += found[0].length;
    return found;
  }

  private readValue(): Value {
    if (++this.depth > MAX_DEPTH) throw new NoLiteral();
    const value = this.readAny();
    this.depth--;
    return value;
  }

  private readAny(): Value {
    const char = this.peek();
    if (char === '[') return this.readItems(']');
    if (char === '{') return this.readBraces();
    if (char === '(') return this.readParentheses();
    if (char === '-' || char === '+') return this.readSigned(char);
    if (/[\d.]/.test(char)) return this.readNumber();
    const word = this.match(WORD)?.[0];
    if (word && !/\w/.test(this.text[this.at] ?? '')) return word === 'None' ? null : word === 'True';
    return this.readStrings();
  }

  /** Items up to the closing character, with a comma allowed behind the last. */
  private readItems(closing: string): Value[] {
    this.at++;
    const items: Value[] = [];
    while (this.peek() !== closing) {
      items.push(this.readValue());
      if (this.peek() === ',') this.at++;
      else if (this.peek() !== closing) throw new NoLiteral();
    }
    this.at++;
    return items;
  }

  /** A dict, or a set, which is a list here. */
  private readBraces(): Value {
    this.at++;
    const entries = new Map<Value, Value>();
    const members: Value[] = [];
    while (this.peek() !== '}') {
      const key = this.readValue();
      if (this.peek() === ':') {
        this.at++;
        entries.set(keyOf(key), this.readValue());
      } else {
        members.push(key);
      }
      if (entries.size > 0 && members.length > 0) throw new NoLiteral();
      if (this.peek() === ',') this.at++;
      else if (this.peek() !== '}') throw new NoLiteral();
    }
    this.at++;
    return members.length > 0 ? members : entries;
  }

  private readParentheses(): Value {
    this.at++;
    if (this.peek() === ')') {
      this.at++;
      return tuple([]);
    }
    const first = this.readValue();
    const value = this.peek() === ',' ? this.readTupleAfter(first, ')') : first;
    if (this.peek() !== ')') throw new NoLiteral();
    this.at++;
    return value;
  }

  private readTupleAfter(first: Value, closing: string): Value {
    const items = [first];
    while (this.peek() === ',') {
      this.at++;
      if (this.peek() === closing) break;
      items.push(this.readValue());
    }
    return tuple(items);
  }

  private readSigned(sign: string): Value {
    this.at++;
    const value = this.readValue();
    if (typeof value === 'number' || typeof value === 'bigint') return sign === '-' && value !== 0 ? -value : value;
    if (value instanceof Float) return sign === '-' ? new Float(-value.value) : value;
    throw new NoLiteral();
  }

  private readNumber(): Value {
    const text = this.match(NUMBER)?.[0] ?? '';
    const digits = text.replaceAll('_', '');
    if (digits === '' || digits === '.' || /[\w.]/.test(this.text[this.at] ?? '')) throw new NoLiteral();
    if (/^0[xob]/i.test(digits) || /^\d+$/.test(digits)) {
      // Python has no decimal numbers that begin with 0, but for 0 itself.
      if (/^0+[1-9]/.test(digits)) throw new NoLiteral();
      const value = BigInt(digits);
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    }
    const value = Number(digits);
    if (Number.isNaN(value)) throw new NoLiteral();
    return Number.isInteger(value) ? new Float(value) : value;
  }

  /** One string, or several that stand side by side and are one. */
  private readStrings(): Value {
    let value: string | undefined;
    for (let found = this.match(STRING); found; found = this.match(STRING)) {
      const [, prefix = '', quoted = ''] = found;
      const width = /^(?:'''|""")/.test(quoted) ? 3 : 1;
      const body = quoted.slice(width, -width);
      value = (value ?? '') + (/r/i.test(prefix) ? body : unescapeText(body));
      this.match(SPACE);
    }
    if (value === undefined) throw new NoLiteral();
    return value;
  }
}

function unescapeText(body: string): string {
  return body.replace(ESCAPE, (whole, x?: string, u?: string, big?: string, octal?: string, char?: string) => {
    const hex = x ?? u ?? big;
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return fromCode(Number.parseInt(octal, 8));
    if (char === undefined) return '';
    if (/[xuUN]/.test(char)) throw new NoLiteral();
    return SIMPLE_ESCAPES.get(char) ?? whole;
  });
}

function fromCode(code: number): string {
  if (code > 0x10ffff) throw new NoLiteral();
  return String.fromCodePoint(code);
}

function keyOf(value: Value): Value {
  if (Array.isArray(value) || value instanceof Map) throw new NoLiteral();
  return value;
}
