import { createHash } from 'node:crypto';
import { Deferred } from '../model/value.ts';
import { canonicalJson } from './canonical.ts';

/** What a file's state says that changes by itself, or by being read. */
const FLEETING: ReadonlySet<string> = new Set([
  'atime',
  'mtime',
  'ctime',
  'inode',
  'nlink',
  'device',
  'blocks',
  'size',
]);

/** What a module learned of a host, as a text that is the same for the same state. */
export function stateText(state: unknown): string {
  return canonicalJson(plain(state));
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || value instanceof Deferred) return null;
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof Uint8Array) return { bytes: createHash('sha256').update(value).digest('hex') };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return { set: [...value].map((entry) => JSON.stringify(plain(entry))).sort() };
  if (value instanceof Map) return { map: [...value].map(([key, entry]) => [plain(key), plain(entry)]) };
  const isFile = 'inode' in value && 'ctime' in value;
  const entries = Object.entries(value).filter(([key]) => !isFile || !FLEETING.has(key));
  return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry)]));
}
