import { tuple, type Value } from '../../model/value.ts';
import { padText, replaceText, stripText } from '../methods/str.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import {
  capitalize,
  chars,
  checkSize,
  defined,
  fail,
  formatPercent,
  isIterable,
  iterate,
  length as lengthOf,
  pyStr,
  textLength,
  toIndex,
  truthy,
  typeName,
} from '../values.ts';
import { wrapText } from './text/wrap.ts';

/** Jinja2's filters for text. */
export const filters: Filters = {
  capitalize: (value) => capitalize(pyStr(value)),
  center(value, args, kwargs) {
    const { width = 80 } = bind(args, kwargs, ['width'], 'center');
    return padText(pyStr(value), toIndex(width), 'both');
  },
  format(value, args, kwargs) {
    if (args.length && kwargs.size) fail("can't handle positional and keyword arguments at the same time");
    return formatPercent(pyStr(value), kwargs.size ? new Map<Value, Value>(kwargs) : tuple(args));
  },
  indent(value, args, kwargs) {
    const bound = bind(args, kwargs, ['width', 'first', 'blank'], 'indent');
    const { width = 4, first = false, blank = false } = bound;
    const indention = typeof width === 'string' ? width : blanks(toIndex(width));
    return indentText(requireText(value, 'indent'), indention, truthy(first), truthy(blank));
  },
  lower: (value) => pyStr(value).toLowerCase(),
  replace(value, args, kwargs) {
    const { old = '', new: fresh = '', count = null } = bind(args, kwargs, ['old', 'new', 'count'], 'replace', 2);
    return replaceText(pyStr(value), pyStr(old), pyStr(fresh), count === null ? -1 : toIndex(count));
  },
  reverse(value) {
    if (typeof value === 'string') return chars(value).reverse().join('');
    if (!isIterable(defined(value))) fail('argument must be iterable');
    return [...iterate(value)].reverse();
  },
  string: (value) => pyStr(value),
  // Python capitalises after blanks and opening brackets only, unlike str.title.
  title: (value) => pyStr(value).replace(/[^-\s({[<]+/gu, capitalize),
  trim(value, args, kwargs) {
    const { chars: set = null } = bind(args, kwargs, ['chars'], 'trim');
    return stripText(pyStr(value), set === null ? null : pyStr(set));
  },
  truncate(value, args, kwargs) {
    const names = ['length', 'killwords', 'end', 'leeway'] as const;
    const { length = 255, killwords = false, end = '...', leeway = null } = bind(args, kwargs, names, 'truncate');
    // Jinja2's policy allows five characters more; Ansible leaves it so.
    if (
      typeof defined(value) !== 'string' &&
      lengthOf(value) <= toIndex(length) + (leeway === null ? 5 : toIndex(leeway))
    )
      return value;
    return truncate(
      requireText(value, 'truncate'),
      toIndex(length),
      truthy(killwords),
      pyStr(end),
      leeway === null ? 5 : toIndex(leeway),
    );
  },
  upper: (value) => pyStr(value).toUpperCase(),
  wordcount: (value) => pyStr(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0,
  wordwrap(value, args, kwargs) {
    const names = ['width', 'break_long_words', 'wrapstring', 'break_on_hyphens'] as const;
    const bound = bind(args, kwargs, names, 'wordwrap');
    const { width = 79, break_long_words = true, wrapstring = null, break_on_hyphens = true } = bound;
    return wrapText(requireText(value, 'wordwrap'), {
      width: toIndex(width),
      breakLongWords: truthy(break_long_words),
      breakOnHyphens: truthy(break_on_hyphens),
      newline: wrapstring === null ? '\n' : pyStr(wrapstring),
    });
  },
};

function requireText(value: Value, filter: string): string {
  return typeof defined(value) === 'string'
    ? (value as string)
    : fail(`${filter} expects text, not ${typeName(value)}`);
}

function blanks(count: number): string {
  checkSize(count);
  return ' '.repeat(Math.max(0, count));
}

function indentText(text: string, indention: string, first: boolean, blank: boolean): string {
  const lines = `${text}\n`.split('\n').slice(0, -1);
  checkSize(text.length + lines.length * indention.length);
  const rest = lines.slice(1).map((line) => (line || blank ? indention + line : line));
  const body = [lines[0] ?? '', ...rest].join('\n');
  return first ? indention + body : body;
}

function truncate(text: string, length: number, killWords: boolean, end: string, leeway: number): string {
  if (length < textLength(end)) fail(`expected length >= ${textLength(end)}, got ${length}`);
  if (textLength(text) <= length + leeway) return text;
  const cut = chars(text)
    .slice(0, length - textLength(end))
    .join('');
  if (killWords) return cut + end;
  const blank = cut.lastIndexOf(' ');
  return (blank < 0 ? cut : cut.slice(0, blank)) + end;
}
