import { type Callable, Float, isTuple, Undefined, type Value } from '../../model/value.ts';
import { checkSize, failUndefined, Meter, Nothing } from './fail.ts';
import { reprFloat } from './float.ts';
import { TemplateObject } from './object.ts';

/** `str(value)`: how a value prints in text. Throws for something undefined. */
export function pyStr(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof Nothing ? '' : pyRepr(value);
}

/** `repr(value)`: how a value prints inside a list or dict. */
export function pyRepr(value: Value): string {
  return repr(value, typeof value === 'object' && value !== null ? new Meter(MAX_MEMBERS) : undefined);
}

const MAX_MEMBERS = 2_000_000;

function repr(value: Value, meter: Meter | undefined): string {
  meter?.step();
  if (typeof value === 'string') return reprString(value);
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : reprFloat(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Float) return reprFloat(value.value);
  if (Array.isArray(value)) return reprList(value, meter);
  if (value instanceof Map) return reprDict(value, meter);
  if (value instanceof Uint8Array) return reprBytes(value);
  if (value instanceof Undefined) return failUndefined(value);
  if (value instanceof TemplateObject) return value.print();
  return `<function ${(value as Callable).name}>`;
}

function reprList(list: Value[], meter: Meter | undefined): string {
  const parts = collect(list, (item) => repr(item, meter));
  if (!isTuple(list)) return `[${parts}]`;
  return list.length === 1 ? `(${parts},)` : `(${parts})`;
}

function reprDict(dict: Map<Value, Value>, meter: Meter | undefined): string {
  return `{${collect(dict, ([key, value]) => `${repr(key, meter)}: ${repr(value, meter)}`)}}`;
}

/** Joins with commas, stopping before memory is exhausted: a small list of lists can print as gigabytes. */
function collect<T>(items: Iterable<T>, print: (item: T) => string): string {
  const parts: string[] = [];
  let size = 0;
  for (const item of items) {
    const part = print(item);
    size += part.length + 2;
    checkSize(size);
    parts.push(part);
  }
  return parts.join(', ');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
// What Python's str.isprintable refuses: controls, format characters, separators but space, lone surrogates, unassigned.
const UNPRINTABLE = /[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]|(?! )\p{Zs}/gu;
const SIMPLE = /^[ !#-&(-[\]-~]*$/;

function reprString(text: string): string {
  if (SIMPLE.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(UNPRINTABLE, (char) => ESCAPES.get(char) ?? hexEscape(char.codePointAt(0) ?? 0));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function hexEscape(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

function reprBytes(bytes: Uint8Array): string {
  checkSize(bytes.length);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\\x00-\x1f\x7f-\xff]/g, (char) => ESCAPES.get(char) ?? hexEscape(char.charCodeAt(0)));
  return `b${quote}${quote === "'" ? body.replaceAll("'", "\\'") : body}${quote}`;
}
