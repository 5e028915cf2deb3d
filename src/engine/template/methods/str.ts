import { type Dict, tuple, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { checkSize, fail } from '../values/fail.ts';
import { pyStr } from '../values/repr.ts';
import { chars, iterate, textLength } from '../values/sequence.ts';
import { capitalize, swapCase, titleCase } from '../values/text.ts';
import { truthy } from '../values/truth.ts';
import { toIndex, typeName } from '../values/types.ts';
import { encoding } from './bytes.ts';
import { formatMap, formatText } from './str-format.ts';
import { PREDICATES } from './str-predicates.ts';
import { partition, splitLines, splitText } from './str-split.ts';
import type { Method, Methods } from './types.ts';

type StringMethod = Method<string>;

function text(value: Value, method: string): string {
  return typeof value === 'string' ? value : fail(`${method}() argument must be str, not ${typeName(value)}`);
}

/** `strip`, `lstrip`, `rstrip`: whitespace, or any of the given characters. */
function strip(side: 'both' | 'left' | 'right'): StringMethod {
  return (self, args, kwargs) => {
    const { chars: set = null } = bind(args, kwargs, ['chars'], 'strip');
    return stripText(self, set === null ? null : text(set, 'strip'), side);
  };
}

export function stripText(self: string, set: string | null, side: 'both' | 'left' | 'right' = 'both'): string {
  if (set === null) return side === 'both' ? self.trim() : side === 'left' ? self.trimStart() : self.trimEnd();
  const drop = new Set(set);
  const items = chars(self);
  let [start, end] = [0, items.length];
  if (side !== 'right') while (start < end && drop.has(items[start] ?? '')) start += 1;
  if (side !== 'left') while (end > start && drop.has(items[end - 1] ?? '')) end -= 1;
  return items.slice(start, end).join('');
}

/** `startswith`, `endswith`: a text or a tuple of them. */
function hasEdge(method: 'startsWith' | 'endsWith'): StringMethod {
  return (self, args, kwargs) => {
    const bound = bind(args, kwargs, ['prefix', 'start', 'end'], method.toLowerCase(), 1);
    const { prefix = '', start = 0, end = null } = bound;
    const part =
      start === 0 && end === null ? self : self.slice(toIndex(start), end === null ? undefined : toIndex(end));
    const edges = Array.isArray(prefix) ? prefix : [prefix];
    return edges.some((edge) => part[method](text(edge, method.toLowerCase())));
  };
}

/** `find` and `index` from either side; `missing` is what happens when it is not there. */
function finder(last: boolean, missing: () => Value): StringMethod {
  return (self, args, kwargs) => {
    const { sub = '', start = 0, end = null } = bind(args, kwargs, ['sub', 'start', 'end'], 'find', 1);
    const items = chars(self);
    const from = toIndex(start) < 0 ? Math.max(0, toIndex(start) + items.length) : toIndex(start);
    const part = items.slice(from, end === null ? undefined : toIndex(end)).join('');
    const at = last ? part.lastIndexOf(text(sub, 'find')) : part.indexOf(text(sub, 'find'));
    return at < 0 ? missing() : from + textLength(part.slice(0, at));
  };
}

function pad(align: 'left' | 'right' | 'both'): StringMethod {
  return (self, args, kwargs) => {
    const { width = 0, fillchar = ' ' } = bind(args, kwargs, ['width', 'fillchar'], 'just', 1);
    return padText(self, toIndex(width), align, text(fillchar, 'just'));
  };
}

export function padText(self: string, width: number, align: 'left' | 'right' | 'both', fill = ' '): string {
  checkSize(width);
  const missing = width - textLength(self);
  if (missing <= 0) return self;
  if (align !== 'both') return align === 'left' ? self + fill.repeat(missing) : fill.repeat(missing) + self;
  // Python puts the odd blank on the left when the width is odd.
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + self + fill.repeat(missing - left);
}

const replace: StringMethod = (self, args, kwargs) => {
  const { old = '', new: fresh = '', count = -1 } = bind(args, kwargs, ['old', 'new', 'count'], 'replace', 2);
  return replaceText(self, text(old, 'replace'), text(fresh, 'replace'), toIndex(count));
};

/** Replaces the first `count` places, all where it is negative. */
export function replaceText(self: string, old: string, fresh: string, count: number): string {
  if (count === 0) return self;
  const pieces = old === '' ? ['', ...chars(self), ''] : self.split(old);
  const limit = count < 0 ? pieces.length - 1 : Math.min(count, pieces.length - 1);
  checkSize(self.length + limit * fresh.length);
  return (
    pieces.slice(0, limit + 1).join(fresh) + (limit + 1 < pieces.length ? old : '') + pieces.slice(limit + 1).join(old)
  );
}

const join: StringMethod = (self, args, kwargs) => {
  const { iterable = [] } = bind(args, kwargs, ['iterable'], 'join', 1);
  const items = iterate(iterable).map((item, index) =>
    typeof item === 'string' ? item : fail(`sequence item ${index}: expected str instance, ${typeName(item)} found`),
  );
  checkSize(items.reduce((size, item) => size + item.length + self.length, 0));
  return items.join(self);
};

const zfill: StringMethod = (self, [width = 0]) => {
  checkSize(toIndex(width));
  const sign = /^[+-]/.exec(self)?.[0] ?? '';
  return sign + self.slice(sign.length).padStart(toIndex(width) - sign.length, '0');
};

const expandtabs: StringMethod = (self, args, kwargs) => {
  const { tabsize = 8 } = bind(args, kwargs, ['tabsize'], 'expandtabs');
  const size = toIndex(tabsize);
  checkSize(size * self.length);
  let column = 0;
  return self.replace(/[\s\S]/gu, (char) => {
    if (char === '\t') {
      const blanks = size > 0 ? size - (column % size) : 0;
      column += blanks;
      return ' '.repeat(blanks);
    }
    column = char === '\n' || char === '\r' ? 0 : column + 1;
    return char;
  });
};

const count: StringMethod = (self, args, kwargs) => {
  const { sub = '', start = 0, end = null } = bind(args, kwargs, ['sub', 'start', 'end'], 'count', 1);
  const part = chars(self)
    .slice(toIndex(start), end === null ? undefined : toIndex(end))
    .join('');
  return sub === '' ? textLength(part) + 1 : part.split(text(sub, 'count')).length - 1;
};

const encode: StringMethod = (self, args, kwargs) => {
  const { encoding: name = 'utf-8' } = bind(args, kwargs, ['encoding', 'errors'], 'encode');
  return Buffer.from(self, encoding(pyStr(name)));
};

const translate: StringMethod = (self, [table]) => {
  if (!(table instanceof Map)) return fail('translate() argument must be a dict');
  return chars(self)
    .map((char) => {
      const value = (table as Dict).get(char.codePointAt(0) ?? 0) ?? char;
      return value === null ? '' : typeof value === 'number' ? String.fromCodePoint(value) : pyStr(value);
    })
    .join('');
};

export const STRING_METHODS: Methods<string> = new Map<string, StringMethod>([
  ...PREDICATES,
  ['upper', (self) => self.toUpperCase()],
  ['lower', (self) => self.toLowerCase()],
  ['casefold', (self) => self.toLowerCase().replaceAll('ß', 'ss')],
  ['title', titleCase],
  ['capitalize', capitalize],
  ['swapcase', swapCase],
  ['strip', strip('both')],
  ['lstrip', strip('left')],
  ['rstrip', strip('right')],
  ['split', (self, args, kwargs) => splitText(self, args, kwargs, false)],
  ['rsplit', (self, args, kwargs) => splitText(self, args, kwargs, true)],
  [
    'splitlines',
    (self, args, kwargs) => splitLines(self, truthy(bind(args, kwargs, ['keepends'], 'splitlines').keepends ?? false)),
  ],
  ['partition', (self, [separator = '']) => tuple(partition(self, text(separator, 'partition'), false))],
  ['rpartition', (self, [separator = '']) => tuple(partition(self, text(separator, 'rpartition'), true))],
  ['startswith', hasEdge('startsWith')],
  ['endswith', hasEdge('endsWith')],
  ['find', finder(false, () => -1)],
  ['rfind', finder(true, () => -1)],
  ['index', finder(false, () => fail('substring not found'))],
  ['rindex', finder(true, () => fail('substring not found'))],
  ['count', count],
  ['replace', replace],
  ['join', join],
  ['ljust', pad('left')],
  ['rjust', pad('right')],
  ['center', pad('both')],
  ['zfill', zfill],
  ['expandtabs', expandtabs],
  ['encode', encode],
  ['translate', translate],
  ['format', (self, args, kwargs) => formatText(self, args, kwargs)],
  ['format_map', (self, [map]) => formatMap(self, map ?? null)],
  [
    'removeprefix',
    (self, [prefix = '']) =>
      self.startsWith(text(prefix, 'removeprefix')) ? self.slice(text(prefix, '').length) : self,
  ],
  [
    'removesuffix',
    (self, [suffix = '']) =>
      suffix !== '' && self.endsWith(text(suffix, 'removesuffix')) ? self.slice(0, -text(suffix, '').length) : self,
  ],
]);
