import type { Position } from '../model/source.ts';
import { joinWords, splitWords } from './words.ts';

/** Words that belong to the command modules themselves and not to the command. */
const COMMAND_OPTIONS = new Set([
  'creates',
  'removes',
  'chdir',
  'executable',
  'warn',
  'stdin',
  'stdin_add_newline',
  'strip_empty_ends',
]);

export interface KeyValues {
  readonly options: Map<string, string>;
  /** Words that are no `key=value`, joined as they were; undefined if there are none. */
  readonly rest: string | undefined;
}

/**
 * Reads `src=a dest="b c"`. With `command`, only the options of command modules are taken out and every other word
 * stays in `rest`. Throws TsplayError when a quote or template is not closed.
 */
export function parseKeyValues(
  text: string,
  { command = false, position }: { readonly command?: boolean; readonly position?: Position } = {},
): KeyValues {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (const written of splitWords(text, position)) {
    const word = decodeEscapes(written);
    const border = bareEquals(word);
    if (border === undefined) {
      rest.push(word.includes('=') ? word.replaceAll('\\=', '=') : written);
      continue;
    }
    const key = word.slice(0, border);
    if (command && !COMMAND_OPTIONS.has(key)) rest.push(written);
    else options.set(key.trim(), unquote(word.slice(border + 1).trim()));
  }
  return { options, rest: rest.length > 0 ? joinWords(rest) : undefined };
}

/** Place of the first `=` that is neither the first character nor escaped. */
function bareEquals(word: string): number | undefined {
  for (let at = word.indexOf('=', 1); at !== -1; at = word.indexOf('=', at + 1)) {
    if (word[at - 1] !== '\\') return at;
  }
  return undefined;
}

function unquote(text: string): string {
  const first = text[0];
  const quoted = text.length > 1 && (first === '"' || first === "'") && text.endsWith(first) && text.at(-2) !== '\\';
  return quoted ? text.slice(1, -1) : text;
}

const ESCAPE = /\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\\'"abfnrtv]))/g;
const SINGLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Escapes as Python writes them in strings. */
function decodeEscapes(text: string): string {
  return text.replace(ESCAPE, (whole, long, short, byte, single) => {
    if (single !== undefined) return SINGLE[single] ?? single;
    const code = Number.parseInt(long ?? short ?? byte, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
