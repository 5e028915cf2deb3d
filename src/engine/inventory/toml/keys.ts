import type { Dict, Value } from '../../model/value.ts';
import type { Cursor } from './cursor.ts';
import { readString } from './strings.ts';

/** Reads `a."b c".d` as its parts. */
export function readKey(cursor: Cursor): string[] {
  const parts: string[] = [];
  do {
    cursor.take(/[ \t]*/y);
    const char = cursor.peek();
    const isQuoted = char === '"' || char === "'";
    parts.push(isQuoted ? readString(cursor) : (cursor.take(/[\w-]+/y)?.[0] ?? cursor.fail('a key is expected')));
    cursor.take(/[ \t]*/y);
  } while (cursor.skip('.'));
  return parts;
}

/** Sets what a key of several parts names, and makes the tables on the way. A key may be said once. */
export function assign(cursor: Cursor, table: Dict, key: readonly string[], value: Value): void {
  const last = key.at(-1)!;
  const holder = descend(cursor, table, key.slice(0, -1));
  if (holder.has(last)) cursor.fail(`the key ${key.join('.')} is there already`);
  holder.set(last, value);
}

/** The table that a path names; of an array of tables the last. */
export function descend(cursor: Cursor, table: Dict, path: readonly string[]): Dict {
  let here = table;
  for (const name of path) {
    let next = here.get(name);
    if (next === undefined) {
      next = new Map();
      here.set(name, next);
    }
    const inner: Value | undefined = Array.isArray(next) ? next.at(-1) : next;
    if (!(inner instanceof Map)) cursor.fail(`${name} is no table`);
    here = inner;
  }
  return here;
}
