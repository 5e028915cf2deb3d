import { Float, type Value } from '../../../model/value.ts';
import { checkSize, compare, DateTime, defined, fail, pyStr, reprFloat, typeName } from '../../values.ts';

export interface DumpOptions {
  /** Spaces (or the text itself) a level; undefined writes one line. */
  readonly indent?: number | string | undefined;
  readonly sortKeys?: boolean;
  readonly ensureAscii?: boolean;
  readonly itemSeparator?: string;
  readonly keySeparator?: string;
}

const ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\b', '\\b'],
]);
const DEEPEST = 900;

/** JSON exactly as Python's `json.dumps` writes it. Throws TsplayError for what JSON cannot hold. */
export function dumpJson(value: Value, options: DumpOptions = {}): string {
  const { indent, sortKeys = false, ensureAscii = true } = options;
  const step = typeof indent === 'number' ? ' '.repeat(Math.max(0, indent)) : indent;
  const itemSeparator = options.itemSeparator ?? (step === undefined ? ', ' : ',');
  const keySeparator = options.keySeparator ?? ': ';
  let size = 0;

  function join(parts: string[], open: string, close: string, depth: number): string {
    if (parts.length === 0) return open + close;
    if (step === undefined) return open + parts.join(itemSeparator) + close;
    const line = `\n${step.repeat(depth + 1)}`;
    return `${open}${line}${parts.join(itemSeparator + line)}\n${step.repeat(depth)}${close}`;
  }

  function dump(item: Value, depth: number): string {
    if (depth > DEEPEST) fail('the value is nested too deeply for JSON, or contains itself');
    if (typeof item === 'string') {
      checkSize((size += item.length + 2));
      return quoteJson(item, ensureAscii);
    }
    if (Array.isArray(item))
      return join(
        item.map((member) => dump(member, depth + 1)),
        '[',
        ']',
        depth,
      );
    if (!(item instanceof Map)) return scalar(item);
    const entries = [...item];
    if (sortKeys) entries.sort(([a], [b]) => compare(a, b));
    const parts = entries.map(
      ([key, member]) => quoteJson(keyText(key), ensureAscii) + keySeparator + dump(member, depth + 1),
    );
    return join(parts, '{', '}', depth);
  }

  return dump(value, 0);
}

function scalar(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof DateTime) return quoteJson(value.iso('T'), true);
  defined(value);
  return fail(`Object of type ${typeName(value)} is not JSON serializable`);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value);
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null || typeof key === 'boolean') return String(key);
  if (['int', 'float'].includes(typeName(key))) return pyStr(key);
  return fail(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function quoteJson(text: string, ensureAscii: boolean): string {
  const special = ensureAscii ? /["\\]|[^ -~]/g : /["\\\x00-\x1f]/g;
  return `"${text.replace(special, escapeUnit)}"`;
}

function escapeUnit(unit: string): string {
  return ESCAPES.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
