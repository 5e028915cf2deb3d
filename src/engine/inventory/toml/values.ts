import { type Dict, Float, type Value } from '../../model/value.ts';
import type { Cursor } from './cursor.ts';
import { assign, readKey } from './keys.ts';
import { readString } from './strings.ts';

/** Blanks, line ends and remarks, which may stand between the items of an array. */
const FILLER = /(?:[ \t\r\n]|#[^\n]*)*/y;
const BLANKS = /[ \t]*/y;
const DATE =
  /\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?/y;
const NUMBER = /[-+]?(?:inf|nan)\b|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|[-+]?\d[\d_]*(\.\d[\d_]*)?([eE][-+]?\d[\d_]*)?/y;
const MAX_DEPTH = 100;

/** Reads one value. Dates stay text. Throws TsplayError at the place of a mistake. */
export function readValue(cursor: Cursor, depth = 0): Value {
  if (depth > MAX_DEPTH) cursor.fail('the values are nested too deeply');
  const char = cursor.peek();
  if (char === '"' || char === "'") return readString(cursor);
  if (char === '[') return readArray(cursor, depth);
  if (char === '{') return readInlineTable(cursor, depth);
  if (cursor.take(/true\b/y)) return true;
  if (cursor.take(/false\b/y)) return false;
  const date = cursor.take(DATE);
  if (date) return date[0];
  return readNumber(cursor);
}

function readNumber(cursor: Cursor): Value {
  const found = cursor.take(NUMBER);
  if (!found) return cursor.fail('a value is expected');
  const text = found[0].replaceAll('_', '');
  if (text.endsWith('inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (text.endsWith('nan')) return Number.NaN;
  if (found[1] !== undefined || found[2] !== undefined) {
    const value = Number(text);
    return Number.isInteger(value) ? new Float(value) : value;
  }
  const value = BigInt(text.replace(/^\+/, '').replace(/^-/, ''));
  const signed = text.startsWith('-') ? -value : value;
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

function readArray(cursor: Cursor, depth: number): Value[] {
  cursor.expect('[');
  const items: Value[] = [];
  for (cursor.take(FILLER); !cursor.skip(']'); cursor.take(FILLER)) {
    items.push(readValue(cursor, depth + 1));
    cursor.take(FILLER);
    if (!cursor.skip(',') && cursor.peek() !== ']') cursor.fail('"," or "]" is expected');
  }
  return items;
}

function readInlineTable(cursor: Cursor, depth: number): Dict {
  cursor.expect('{');
  const table: Dict = new Map();
  for (cursor.take(FILLER); !cursor.skip('}'); cursor.take(FILLER)) {
    const key = readKey(cursor);
    cursor.take(BLANKS);
    cursor.expect('=');
    cursor.take(BLANKS);
    assign(cursor, table, key, readValue(cursor, depth + 1));
    cursor.take(FILLER);
    if (!cursor.skip(',') && cursor.peek() !== '}') cursor.fail('"," or "}" is expected');
  }
  return table;
}
