import { TsplayError } from '../../model/errors.ts';
import { type Dict, Float, type Value } from '../../model/value.ts';

/** A dict of dicts as TOML: plain values first, then a table for each dict. Throws TsplayError for what TOML cannot say. */
export function writeToml(value: Dict): string {
  return tableText(value, []);
}

function tableText(table: Dict, path: readonly string[]): string {
  const entries = [...table].map(([key, value]) => [name(key), value] as const);
  const plain = entries.filter(([, value]) => !(value instanceof Map));
  const inner = entries.filter((entry): entry is readonly [string, Dict] => entry[1] instanceof Map);
  const lines = plain.map(([key, value]) => `${key} = ${text(value, [...path, key])}\n`).join('');
  const isShown = path.length > 0 && (lines !== '' || inner.length === 0);
  const own = isShown ? `[${path.join('.')}]\n${lines}` : lines;
  return [own, ...inner.map(([key, value]) => tableText(value, [...path, key]))].filter(Boolean).join('\n');
}

function name(key: Value): string {
  if (typeof key !== 'string') {
    throw new TsplayError(
      'inventory',
      `The source inventory contains a non-string key (${String(key)}) which cannot be represented in TOML`,
    );
  }
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function text(value: Value, path: readonly string[]): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return number(value);
  if (value instanceof Float) return number(value.value).replace(/^(-?\d+)$/, '$1.0');
  if (Array.isArray(value)) return `[${value.map((item) => text(item, path)).join(', ')}]`;
  if (value instanceof Map) {
    return `{ ${[...value].map(([key, item]) => `${name(key)} = ${text(item, path)}`).join(', ')} }`;
  }
  throw new TsplayError('inventory', `${path.join('.')} has a value that cannot be represented in TOML`, {
    hint: 'TOML has no null; write JSON or YAML',
  });
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(value);
}
