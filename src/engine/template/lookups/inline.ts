import type { Value } from '../../model/value.ts';
import { fail } from '../values.ts';

export interface InlineTerm {
  /** The words that are no `key=value`, with their quotes. */
  readonly text: string;
  readonly options: ReadonlyMap<string, string>;
}

/** Reads options written inside a term, the old way: `path/to/file length=12 chars=digits`. Quotes keep blanks together. */
export function parseInline(term: string, known: readonly string[], lookup: string): InlineTerm {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (const word of splitWords(term)) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || value === undefined) {
      words.push(word);
      continue;
    }
    if (!known.includes(name)) fail(`${lookup}: ${name} is not a valid option`, `known are ${known.join(', ')}`);
    options.set(name, unquote(value));
  }
  return { text: words.join(' '), options };
}

/** Options of the call, with those of the term on top. */
export function withInline(options: ReadonlyMap<string, Value>, term: InlineTerm): Map<string, Value> {
  return new Map<string, Value>([...options, ...term.options]);
}

function splitWords(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\S)+/g) ?? [];
}

function unquote(text: string): string {
  const [, quote, inner] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  return quote === undefined || inner === undefined ? text : inner;
}
