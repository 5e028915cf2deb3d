import type { Cursor } from './cursor.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** Reads a text in single or double quotes, in one of each or three. */
export function readString(cursor: Cursor): string {
  if (cursor.take(/'''\r?\n?/y)) return long(cursor, /((?:[^']|'(?!''))*'{0,2})'''/y);
  if (cursor.take(/"""\r?\n?/y)) return unescapeText(cursor, long(cursor, /((?:[^"\\]|\\[\s\S]|"(?!""))*"{0,2})"""/y));
  const literal = cursor.take(/'([^'\n]*)'/y);
  if (literal) return literal[1]!;
  const basic = cursor.take(/"((?:[^"\\\n]|\\.)*)"/y);
  if (!basic) return cursor.fail('the quote is not closed');
  return unescapeText(cursor, basic[1]!);
}

function long(cursor: Cursor, body: RegExp): string {
  return cursor.take(body)?.[1] ?? cursor.fail('the three quotes are not closed');
}

function unescapeText(cursor: Cursor, body: string): string {
  return body.replace(/\\(?:[ \t]*\r?\n\s*|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, short, wide, char) => {
    const hex: string | undefined = short ?? wide;
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      return code > 0x10ffff ? cursor.fail(`there is no character ${hex}`) : String.fromCodePoint(code);
    }
    if (char === undefined) return '';
    return ESCAPES.get(char) ?? cursor.fail(`"\\${char}" means nothing`);
  });
}
