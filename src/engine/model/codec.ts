import { Float, isTuple, tuple, Undefined, type Value } from './value.ts';

/** JSON that keeps the kinds of values apart: what JSON has stands for itself, the rest is `{kind: ...}`. */
export type Coded = null | boolean | number | string | Coded[] | { readonly [kind: string]: Coded };

/** For a file; text stays inert, so what comes back is never evaluated either. */
export function encode(value: Value): Coded {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { number: String(value) };
  if (typeof value === 'bigint') return { int: String(value) };
  if (value instanceof Float) return { float: encode(value.value) };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  if (value instanceof Map) return { dict: [...value].map(([key, entry]) => [encode(key), encode(entry)]) };
  if (Array.isArray(value)) return isTuple(value) ? { tuple: value.map(encode) } : value.map(encode);
  if (value instanceof Undefined) return { undefined: value.message };
  return { undefined: `${value.name} cannot be kept` };
}

/** Throws on what `encode` does not make. */
export function decode(coded: Coded): Value {
  if (coded === null || typeof coded !== 'object') return coded;
  if (Array.isArray(coded)) return coded.map(decode);
  const [[kind, inner] = ['', null], ...others] = Object.entries(coded);
  if (others.length > 0) throw new Error('a value has more than one kind');
  switch (kind) {
    case 'number':
      return Number(inner);
    case 'int':
      return BigInt(text(inner));
    case 'float':
      return new Float(Number(decode(inner)));
    case 'bytes':
      return Buffer.from(text(inner), 'base64');
    case 'dict':
      return new Map(list(inner).map((entry) => pair(list(entry))));
    case 'tuple':
      return tuple(list(inner).map(decode));
    case 'undefined':
      return new Undefined(text(inner));
  }
  throw new Error(`a value is of no known kind: ${kind}`);
}

function text(coded: Coded): string {
  if (typeof coded === 'string') return coded;
  throw new Error('text was expected');
}

function list(coded: Coded): Coded[] {
  if (Array.isArray(coded)) return coded;
  throw new Error('a list was expected');
}

function pair([key = null, value = null]: Coded[]): [Value, Value] {
  return [decode(key), decode(value)];
}
