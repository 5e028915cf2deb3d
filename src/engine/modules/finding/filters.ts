import { posix } from 'node:path';
import type { FileState } from '../../remote/types.ts';
import { match } from '../../template/regex.ts';
import { shellPattern } from '../../template/shell-pattern.ts';
import { parseMode, resolveMode } from '../args/mode.ts';

export interface Filter {
  readonly patterns: readonly string[];
  readonly excludes: readonly string[];
  readonly use_regex: boolean;
  readonly file_type: 'any' | 'directory' | 'file' | 'link';
  readonly hidden: boolean;
  /** Seconds; older than, or younger than when negative. */
  readonly age: number | undefined;
  readonly age_stamp: 'atime' | 'ctime' | 'mtime';
  /** Bytes; larger than, or smaller than when negative. */
  readonly size: number | undefined;
  readonly mode: string | null;
  readonly exact_mode: boolean;
}

/** Whether an entry passes everything that can be told without reading it. `now` is the host's time. */
export function passes(entry: FileState, filter: Filter, now: number): boolean {
  const name = posix.basename(entry.path);
  if (!filter.hidden && name.startsWith('.')) return false;
  if (filter.file_type !== 'any' && filter.file_type !== entry.kind) return false;
  return (
    hasName(name, filter) &&
    hasAge(now - entry[filter.age_stamp], filter.age) &&
    (entry.kind !== 'file' || hasSize(entry.size, filter.size)) &&
    hasMode(entry.mode, filter)
  );
}

function hasName(name: string, { patterns, excludes, use_regex: useRegex }: Filter): boolean {
  const fits = (pattern: string) => (useRegex ? match(pattern, name) !== null : shellPattern(pattern).test(name));
  const wanted = patterns.length > 0 ? patterns : [useRegex ? '.*' : '*'];
  return wanted.some(fits) && !excludes.some(fits);
}

function hasAge(age: number, wanted: number | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted >= 0 ? age >= wanted : age <= -wanted;
}

function hasSize(size: number, wanted: number | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted >= 0 ? size >= wanted : size <= -wanted;
}

function hasMode(mode: number, { mode: wanted, exact_mode: exact }: Filter): boolean {
  const spec = parseMode(wanted);
  if (!spec) return true;
  const bits = resolveMode(spec, { mode: 0, directory: false, umask: 0 });
  return exact ? mode === bits : (mode & bits) !== 0;
}

const seconds = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };
const bytes = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** `3d`, `-2h` in seconds; undefined if it is none. */
export function parseAge(text: string): number | undefined {
  return measured(text, seconds);
}

/** `10k`, `-1m` in bytes. */
export function parseBytes(text: string): number | undefined {
  return measured(text, bytes);
}

function measured(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits, unit] = /^(-?\d+)([a-z]?)$/.exec(text.toLowerCase()) ?? [];
  if (digits === undefined) return undefined;
  const factor = unit ? units[unit] : 1;
  return factor === undefined ? undefined : Number(digits) * factor;
}
