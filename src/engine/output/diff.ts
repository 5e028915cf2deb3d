import type { Diff } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import { dumpJson } from '../template/filters/json/dump.ts';
import { pyStr } from '../template/values.ts';
import { plain } from './plain.ts';
import { printable } from './printable.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What a line of a diff is; `file` names one side. */
export type DiffLine = 'file' | 'hunk' | 'added' | 'removed' | 'context';

/** A diff line by line, safe to print, with the headers `--- before` and `+++ after`. Empty when nothing differs. */
export function diffLines(diff: Diff, context?: number): { readonly kind: DiffLine; readonly text: string }[] {
  if (diff.prepared !== undefined) return diff.prepared.replace(/\n$/, '').split('\n').map(preparedLine);
  const before = textOf(diff.before);
  const after = textOf(diff.after);
  if (before === after) return [];
  const hunks = unifiedDiff(before, after, context).map((text) => ({ kind: kindOf(text), text: printable(text) }));
  return [
    { kind: 'file', text: `--- ${header('before', diff.beforeHeader)}` },
    { kind: 'file', text: `+++ ${header('after', diff.afterHeader)}` },
    ...hunks,
  ];
}

/** A diff as text that ends with an empty line, as Ansible shows it; `paint` colours a line. */
export function diffText(
  diff: Diff,
  paint?: (text: string, shade: 'added' | 'removed' | 'hunk') => string,
  context?: number,
): string {
  const lines = diffLines(diff, context);
  if (lines.length === 0) return '';
  const text = lines.map((line) => `${paint ? painted(line, paint) : line.text}\n`).join('');
  return diff.prepared === undefined ? `${text}\n` : text;
}

function painted(
  { kind, text }: { kind: DiffLine; text: string },
  paint: (text: string, shade: 'added' | 'removed' | 'hunk') => string,
): string {
  if (kind === 'file') return paint(text, text.startsWith('+') ? 'added' : 'removed');
  return kind === 'context' ? text : paint(text, kind);
}

function preparedLine(text: string): { kind: DiffLine; text: string } {
  const file = text.startsWith('--- ') || text.startsWith('+++ ');
  return { kind: file ? 'file' : kindOf(text), text: printable(text) };
}

function kindOf(text: string): DiffLine {
  if (text.startsWith('@@')) return 'hunk';
  if (text.startsWith('+')) return 'added';
  return text.startsWith('-') ? 'removed' : 'context';
}

function header(side: string, name: string | undefined): string {
  return name === undefined ? side : `${side}: ${printable(name, { multiline: false })}`;
}

function textOf(value: Value): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Map || Array.isArray(value)) {
    return `${dumpJson(plain(value), { sortKeys: true, indent: 4, ensureAscii: false })}\n`;
  }
  return pyStr(plain(value));
}
