import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, fail, pyStr, toIndex, typeName } from '../values.ts';

interface CommentStyle {
  readonly beginning?: string;
  readonly decoration: string;
  readonly end?: string;
}

const COMMENT_STYLES: ReadonlyMap<string, CommentStyle> = new Map([
  ['plain', { decoration: '# ' }],
  ['erlang', { decoration: '% ' }],
  ['c', { decoration: '// ' }],
  ['cblock', { beginning: '/*', decoration: ' * ', end: ' */' }],
  ['xml', { beginning: '<!--', decoration: ' - ', end: '-->' }],
]);
const COMMENT_OPTIONS = [
  'style',
  'newline',
  'beginning',
  'prefix',
  'prefix_count',
  'decoration',
  'postfix',
  'postfix_count',
  'end',
] as const;

export const filters: Filters = {
  comment(value, args, kwargs, { budget }) {
    const { style = 'plain', ...given } = bind(args, kwargs, COMMENT_OPTIONS, 'comment');
    const known = COMMENT_STYLES.get(pyStr(style));
    if (!known)
      return fail(`unknown style of comment: ${pyStr(style)}`, `known are ${[...COMMENT_STYLES.keys()].join(', ')}`);
    const text =
      typeof defined(value) === 'string' ? (value as string) : fail(`comment expects text, not ${typeName(value)}`);
    const commented = comment(text, known, given);
    budget.grow(commented.length);
    return commented;
  },
  quote(value) {
    return quoteWord(value === null ? '' : pyStr(value));
  },
  split(value, args, kwargs) {
    const { sep = null, maxsplit = -1 } = bind(args, kwargs, ['sep', 'maxsplit'], 'split');
    const text =
      typeof defined(value) === 'string' ? (value as string) : fail(`split expects text, not ${typeName(value)}`);
    if (sep === null) return splitBlanks(text, toIndex(maxsplit));
    if (typeof sep !== 'string') return fail(`must be str or None, not ${typeName(sep)}`);
    if (sep === '') return fail('empty separator');
    return splitAt(text, sep, toIndex(maxsplit));
  },
};

type CommentOption = Exclude<(typeof COMMENT_OPTIONS)[number], 'style'>;

function comment(text: string, style: CommentStyle, given: { [name in CommentOption]?: Value }): string {
  const option = (name: CommentOption, fallback: string) => (given[name] === undefined ? fallback : pyStr(given[name]));
  const newline = option('newline', '\n');
  const decoration = option('decoration', style.decoration);
  const edge = decoration.trimEnd();
  const beginning = option('beginning', style.beginning ?? '');
  const prefix = option('prefix', edge);
  const end = option('end', style.end ?? '');
  const body = (decoration + text.replaceAll(newline, newline + decoration)).replaceAll(
    decoration + newline,
    edge + newline,
  );
  return [
    beginning && beginning + newline,
    (prefix === '' || prefix === newline ? prefix : prefix + newline).repeat(toIndex(given.prefix_count ?? 1)),
    body,
    (newline + option('postfix', edge)).repeat(toIndex(given.postfix_count ?? 1)),
    end && newline + end,
  ].join('');
}

/** One word for a POSIX shell, quoted only where needed, with the marks that Python's shlex uses. */
export function quoteWord(text: string): string {
  if (text === '') return "''";
  return /[^\w@%+=:,./-]/.test(text) ? `'${text.replaceAll("'", `'"'"'`)}'` : text;
}

function splitAt(text: string, separator: string, max: number): string[] {
  const parts = text.split(separator);
  if (max < 0 || parts.length <= max + 1) return parts;
  return [...parts.slice(0, max), parts.slice(max).join(separator)];
}

function splitBlanks(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const word = max >= 0 && parts.length === max ? rest.trimEnd() : /^\S+/.exec(rest)![0];
    parts.push(word);
    rest = rest.slice(word.length).trimStart();
  }
  return parts;
}
