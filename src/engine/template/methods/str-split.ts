import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { fail } from '../values/fail.ts';
import { toIndex, typeName } from '../values/types.ts';

/** `split` and `rsplit` with their arguments. */
export function splitText(self: string, args: Value[], kwargs: Map<string, Value>, right: boolean): Value[] {
  const { sep = null, maxsplit = -1 } = bind(args, kwargs, ['sep', 'maxsplit'], 'split');
  if (sep !== null && typeof sep !== 'string') fail(`must be str or None, not ${typeName(sep)}`);
  if (sep === '') fail('empty separator');
  return splitBy(self, sep as string | null, toIndex(maxsplit), right);
}

/** Splits at `separator` (null: at white space) at most `max` times (negative: always), counted from the right if asked. */
export function splitBy(self: string, separator: string | null, max: number, right = false): string[] {
  if (separator === null) return splitBlanks(self, max, right);
  const pieces = self.split(separator);
  if (max < 0 || pieces.length <= max + 1) return pieces;
  if (right) {
    const kept = pieces.length - max;
    return [pieces.slice(0, kept).join(separator), ...pieces.slice(kept)];
  }
  return [...pieces.slice(0, max), pieces.slice(max).join(separator)];
}

/** At runs of white space; none at the edges counts. What is left over keeps its inner blanks. */
function splitBlanks(self: string, max: number, right: boolean): string[] {
  const words = [...self.matchAll(/\S+/g)];
  if (max < 0 || words.length <= max) return words.map(([word]) => word);
  if (right) {
    const kept = words.slice(words.length - max);
    const head = self.slice(0, kept[0]?.index ?? self.length).trim();
    return [...(head ? [head] : []), ...kept.map(([word]) => word)];
  }
  const rest = self.slice(words[max]?.index ?? self.length).trimEnd();
  return [...words.slice(0, max).map(([word]) => word), ...(rest ? [rest] : [])];
}

export function splitLines(self: string, keepEnds: boolean): string[] {
  const lines =
    self.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? [];
  const kept = lines.filter((line, index) => line !== '' || index < lines.length - 1);
  return keepEnds ? kept : kept.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

/** What is before, at and behind the first (or last) separator. */
export function partition(self: string, separator: string, last: boolean): [string, string, string] {
  if (separator === '') fail('empty separator');
  const at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
  if (at < 0) return last ? ['', '', self] : [self, '', ''];
  return [self.slice(0, at), separator, self.slice(at + separator.length)];
}
