import type { Value } from '../../engine/model/value.ts';
import { pyStr } from '../../engine/template/values.ts';

const WIDTH = 80;

/** One option of something that is documented. */
export interface OptionDoc {
  readonly name: string;
  readonly required: boolean;
  readonly text: string;
  /** `default: x`, `type: str`, ... */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly options: readonly OptionDoc[];
}

/** A page of documentation. */
export interface Page {
  /** `MODULE`, `FILTER`, ... */
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly options: readonly OptionDoc[];
  readonly notes: readonly string[];
  readonly examples: string | undefined;
}

/** The page as text for a terminal or a pager. */
export function pageText({ kind, name, text, options, notes, examples }: Page): string {
  return [
    `> ${kind} ${name}\n`,
    `${wrapped(text, 2)}\n`,
    ...(options.length > 0
      ? [`OPTIONS (= indicates it is required):\n\n${options.map((each) => optionText(each, 0)).join('\n')}`]
      : []),
    ...(notes.length > 0 ? [`NOTES:\n\n${notes.map((note) => `${wrapped(`* ${note}`, 6)}\n`).join('')}`] : []),
    ...(examples ? [`EXAMPLES:\n\n${examples.trim()}\n`] : []),
  ].join('\n');
}

function optionText({ name, required, text, facts, options }: OptionDoc, depth: number): string {
  const margin = ' '.repeat(depth);
  const lines = [
    `${margin}${required ? '=' : '-'} ${name}`,
    wrapped(text, depth + 8),
    ...facts.map(([fact, value]) => `${' '.repeat(depth + 8)}${fact}: ${value}`),
  ];
  const inner = options.map((option) => optionText(option, depth + 8));
  return `${lines.join('\n')}\n${inner.length > 0 ? `\n${' '.repeat(depth + 8)}SUBOPTIONS:\n\n${inner.join('\n')}` : ''}`;
}

/** Text in lines of at most 80 columns, with a margin. */
export function wrapped(text: string, margin: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && margin + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(margin) + each).join('\n');
}

export function literal(value: Value): string {
  return value === null ? 'null' : pyStr(value);
}
