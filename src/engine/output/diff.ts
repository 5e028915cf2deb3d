import type { Diff } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import { dumpJson } from '../template/filters/json/dump.ts';
import { pyStr } from '../template/values.ts';
import { unifiedDiff } from './unified-diff.ts';

/** A diff as text: unified, with the headers `--- before` and `+++ after`. Empty when nothing differs. */
export function diffText(diff: Diff): string {
  if (diff.prepared !== undefined) return diff.prepared.endsWith('\n') ? diff.prepared : `${diff.prepared}\n`;
  const before = textOf(diff.before);
  const after = textOf(diff.after);
  if (before === after) return '';
  const lines = unifiedDiff(before, after);
  const headers = [`--- ${header('before', diff.beforeHeader)}`, `+++ ${header('after', diff.afterHeader)}`];
  return `${[...headers, ...lines].join('\n')}\n\n`;
}

function header(side: string, name: string | undefined): string {
  return name === undefined ? side : `${side}: ${name}`;
}

function textOf(value: Value): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Map) return `${dumpJson(value, { sortKeys: true, indent: 4, ensureAscii: false })}\n`;
  return pyStr(value);
}
