import { type Dict, Float, type Value } from '../../model/value.ts';

/** A value as Python's `str` prints it. */
export function valueText(value: Value): string {
  return typeof value === 'string' ? value : representation(value);
}

function representation(value: Value): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value.includes("'") && !value.includes('"') ? `"${value}"` : quote(value);
  if (value instanceof Float) return `${value.value}.0`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return `[${value.map(representation).join(', ')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, item]) => `${representation(key)}: ${representation(item)}`).join(', ')}}`;
  }
  return String(value);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

/** JSON of a value, with Python's blanks after `,` and `:`. */
export function jsonText(value: Value): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Float) return `${value.value}.0`;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(valueText(key))}: ${jsonText(item)}`).join(', ')}}`;
  }
  return JSON.stringify(valueText(value));
}

/** A JSON text as a value; undefined if it is no JSON. */
export function jsonValue(text: string): Value | undefined {
  try {
    return fromPlain(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fromPlain(plain: unknown): Value {
  if (Array.isArray(plain)) return plain.map(fromPlain);
  if (typeof plain !== 'object' || plain === null) return plain as Value;
  const dict: Dict = new Map();
  for (const [key, item] of Object.entries(plain)) dict.set(key, fromPlain(item));
  return dict;
}
