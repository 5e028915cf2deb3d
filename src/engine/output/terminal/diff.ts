import type { Diff } from '../../model/change.ts';
import type { Dict, Value } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import { diffLines } from '../diff.ts';
import { plain } from '../plain.ts';
import { cut } from '../width.ts';
import { type Frame, inline } from './frame.ts';

/** A diff for people: text with its context, the entries of a state that differ as `mode: 0644 -> 0600`. */
export function diffBlock(diff: Diff, frame: Frame, indent: string): string[] {
  if (diff.before instanceof Map && diff.after instanceof Map)
    return stateLines(diff.before, diff.after, frame, indent);
  const { theme, width } = frame;
  const name = diff.afterHeader ?? diff.beforeHeader;
  const head = name === undefined ? [] : [`${indent}${theme.diff.file(cut(inline(name), width - indent.length))}`];
  const lines = diffLines(diff).filter(({ kind }) => kind !== 'file' || diff.prepared !== undefined);
  if (lines.length === 0) return [];
  const body = lines.map(
    ({ kind, text }) => `${indent}${theme.diff[kind](cut(text.replaceAll('\t', '    '), width - indent.length))}`,
  );
  return [...head, ...body];
}

function stateLines(before: Dict, after: Dict, { theme, width }: Frame, indent: string): string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const texts = keys.map((key) => ({ key, was: text(before.get(key)), is: text(after.get(key)) }));
  const lines = texts
    .filter(({ was, is }) => was !== is)
    .map(({ key, was, is }) => {
      const name = `${inline(pyStr(plain(key)))}: `;
      const room = Math.max(8, Math.floor((width - indent.length - name.length - 4) / 2));
      const left = was === undefined ? '' : `${theme.diff.removed(cut(was, room))} ${theme.faint(theme.arrow)} `;
      return `${indent}  ${name}${left}${is === undefined ? theme.faint('gone') : theme.diff.added(cut(is, room))}`;
    });
  const path = text(after.get('path') ?? before.get('path'));
  return lines.length > 0 && path !== undefined
    ? [`${indent}${theme.diff.file(cut(path, width - indent.length))}`, ...lines]
    : lines;
}

function text(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : inline(pyStr(plain(value)));
}
