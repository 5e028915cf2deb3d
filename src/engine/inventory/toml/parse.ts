import type { Dict } from '../../model/value.ts';
import { Cursor } from './cursor.ts';
import { assign, descend, readKey } from './keys.ts';
import { readValue } from './values.ts';

/** Reads a TOML text (version 1.0) as a dict of dicts. Throws TsplayError with the place of a mistake. */
export function parseToml(text: string, file: string): Dict {
  const cursor = new Cursor(text, file);
  const root: Dict = new Map();
  const declared = new Set<string>();
  let table = root;
  while (true) {
    cursor.take(/(?:\s|#[^\n]*)*/y);
    if (!cursor.rest) return root;
    if (cursor.skip('[[')) table = openItem(cursor, root);
    else if (cursor.skip('[')) table = openTable(cursor, root, declared);
    else {
      const key = readKey(cursor);
      cursor.expect('=');
      cursor.take(/[ \t]*/y);
      assign(cursor, table, key, readValue(cursor));
    }
    if (!cursor.take(/[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y)) cursor.fail('the end of the line is expected');
  }
}

function openTable(cursor: Cursor, root: Dict, declared: Set<string>): Dict {
  const path = readKey(cursor);
  cursor.expect(']');
  const name = JSON.stringify(path);
  const isInArray = path.some((_, at) => Array.isArray(peekAt(root, path.slice(0, at + 1))));
  if (declared.has(name) && !isInArray) cursor.fail(`the table [${path.join('.')}] is there already`);
  declared.add(name);
  return descend(cursor, root, path);
}

function peekAt(root: Dict, path: readonly string[]): unknown {
  let here: unknown = root;
  for (const name of path) here = here instanceof Map ? here.get(name) : undefined;
  return here;
}

/** `[[name]]`: one more table of an array. */
function openItem(cursor: Cursor, root: Dict): Dict {
  const path = readKey(cursor);
  cursor.expect(']]');
  const holder = descend(cursor, root, path.slice(0, -1));
  const last = path.at(-1)!;
  const items = holder.get(last) ?? [];
  if (!Array.isArray(items)) cursor.fail(`${path.join('.')} is no array of tables`);
  const table: Dict = new Map();
  items.push(table);
  holder.set(last, items);
  return table;
}
