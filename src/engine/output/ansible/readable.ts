import type { Value } from '../../model/value.ts';

const BREAK = /[\n\u0085\u2028\u2029]/;
const NOT_IN_BLOCKS = /[^\n\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffe}]/gu;
const TAB = 8;

/** The same with texts of several lines changed, where need be, so that YAML can hold them as blocks: easier to read. */
export function readable(value: Value): Value {
  if (typeof value === 'string') return BREAK.test(value) ? block(value) : value;
  if (Array.isArray(value)) return value.map(readable);
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, readable(entry)]));
  return value;
}

function block(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map(expandTabs)
    .join('\n')
    .replace(NOT_IN_BLOCKS, '')
    .replace(/ +([\n\u0085\u2028\u2029])/g, '$1');
}

function expandTabs(line: string): string {
  let column = 0;
  let text = '';
  for (const character of line) {
    const piece = character === '\t' ? ' '.repeat(TAB - (column % TAB)) : character;
    text += piece;
    column += piece.length;
  }
  return text;
}
