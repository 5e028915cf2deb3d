import { Float, type Value } from '../model/value.ts';

// YAML 1.1 as PyYAML reads it; 1.2 differs (there `yes` is text and 0644 is decimal).
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...spellings(['yes', 'true', 'on'], true),
  ...spellings(['no', 'false', 'off'], false),
  ...spellings(['null'], null),
  ['~', null],
  ['', null],
]);

const DECIMAL = /^(?:0|-?[1-9][0-9]{0,14})$/;
const INT =
  /^[-+]?(?:0b[01_]*[01]_*|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]*[0-9a-fA-F]_*|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const SPECIAL_FLOAT = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/**
 * The value of an unquoted scalar. Dates stay text: they print as they are written.
 */
export function resolvePlain(text: string): Value {
  const first = text.charCodeAt(0);
  // Digits, signs and a dot begin numbers.
  if ((first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46) {
    return parseInteger(text) ?? parseFloating(text) ?? text;
  }
  if (text.length > 5) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

/** An int as YAML 1.1 writes it: `12`, `0644`, `0x1f`, `0b11`, `1_000`, `1:30` (base 60); undefined if it is none. */
export function parseInteger(text: string): number | bigint | undefined {
  if (DECIMAL.test(text)) return Number(text);
  if (!INT.test(text)) return undefined;
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]|_/g, '');
  const magnitude = digits.includes(':') ? fromBase60(digits) : BigInt(withRadix(digits));
  const value = negative ? -magnitude : magnitude;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** A float as YAML 1.1 writes it: it has a dot, and a sign in its exponent; undefined if it is none. */
export function parseFloating(text: string): number | Float | undefined {
  const special = SPECIAL_FLOAT.exec(text);
  if (special) return special[1] === undefined ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!FLOAT.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  return toFloat(digits.includes(':') ? floatFromBase60(digits) : Number(digits));
}

export function toFloat(value: number): number | Float {
  return Number.isInteger(value) ? new Float(value) : value;
}

function spellings<T>(words: readonly string[], value: T): Array<[string, T]> {
  return words.flatMap((word) => [
    [word, value],
    [word.toUpperCase(), value],
    [word[0]!.toUpperCase() + word.slice(1), value],
  ]);
}

function withRadix(digits: string): string {
  if (digits.length < 2 || digits[0] !== '0' || digits[1] === 'x' || digits[1] === 'b') return digits;
  return `0o${digits.slice(1)}`;
}

function fromBase60(digits: string): bigint {
  return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function floatFromBase60(digits: string): number {
  const sign = digits.startsWith('-') ? -1 : 1;
  const parts = digits.replace(/^[-+]/, '').split(':');
  return sign * parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}
