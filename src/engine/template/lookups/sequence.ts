import type { Value } from '../../model/value.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, formatPercent, pyStr } from '../values.ts';
import { parseInline, withInline } from './inline.ts';
import { numberOption, textOption } from './options.ts';

const FIELDS = ['count', 'end', 'format', 'start', 'stride'];
const SHORTCUT = /^(?:(0?x?[0-9a-f]+)-)?(0?x?[0-9a-f]+)(?:\/(0?x?[0-9a-f]+))?(?::(.+))?$/i;

export const lookups: Lookups = {
  sequence(terms, options, context) {
    if (terms.length === 0) return sequence(options, context);
    return terms.map(pyStr).flatMap((term) => sequence(readTerm(term, options), context));
  },
};

/** `2-10/2:host%02d`, or `start=2 end=10`. */
function readTerm(term: string, options: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const shortcut = SHORTCUT.exec(term);
  if (!shortcut) {
    const inline = parseInline(term, FIELDS, 'sequence');
    if (inline.text !== '') fail(`unrecognized arguments to with_sequence: ${inline.text}`);
    return withInline(options, inline);
  }
  const given: [string, Value][] = [];
  for (const [index, name] of ['start', 'end', 'stride', 'format'].entries()) {
    const text = shortcut[index + 1];
    if (text !== undefined) given.push([name, text]);
  }
  return new Map([...options, ...given]);
}

function sequence(options: ReadonlyMap<string, Value>, { budget }: Context): Value[] {
  const count = numberOption(options, 'count');
  const stride = numberOption(options, 'stride', 1);
  const start = numberOption(options, 'start', 1);
  const format = textOption(options, 'format', '%d');
  const given = numberOption(options, 'end');
  if (count === undefined && given === undefined) fail('must specify count or end in with_sequence');
  if (count !== undefined && given !== undefined) fail("can't specify both count and end in with_sequence");
  if (count === 0 || stride === 0) return [];
  const end = count === undefined ? given! : start + count * stride - Math.sign(stride);
  if (stride > 0 && end < start) fail('to count backwards make stride negative');
  if (stride < 0 && end > start) fail("to count forward don't make stride negative");
  if (format.split('%').length !== 2) fail(`bad formatting string: ${format}`);
  const length = Math.floor((end - start) / stride) + 1;
  budget.grow(length);
  return Array.from({ length }, (_, step) => formatPercent(format, start + step * stride));
}
