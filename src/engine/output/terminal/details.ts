import type { HostResult, ItemResult } from '../../model/event.ts';
import type { Value } from '../../model/value.ts';
import { debugResult } from '../ansible/dump.ts';
import { isDebug } from '../ansible/results.ts';
import { diffLines } from '../diff.ts';
import { cut } from '../width.ts';
import { failureLines } from './failure.ts';
import { type Frame, inline } from './frame.ts';
import { resultLines, valueLines } from './values.ts';

type Result = HostResult | ItemResult;

/** Phrases shown of one host; the rest is counted. */
const MOST_CHANGES = 8;
/** Items listed of one loop. */
const MOST_ITEMS = 12;

/** What there is to tell of one host's result beyond its status. Empty if nothing. */
export function hostDetails(result: HostResult, items: readonly ItemResult[], frame: Frame, indent: string): string[] {
  if (result.looped && items.length > 0) return loopDetails(result, items, frame, indent);
  return resultDetails(result, frame, indent);
}

function resultDetails(result: Result, frame: Frame, indent: string): string[] {
  if (result.status === 'failed' || result.status === 'unreachable') {
    return [...failureLines(result, frame, indent), ...verbose(result, frame, indent)];
  }
  if (isDebug(result.task)) return result.status === 'skipped' ? [] : message(result, frame, indent);
  return [...changes(result, frame, indent), ...diffs(result, frame, indent), ...verbose(result, frame, indent)];
}

/** Only what changed or failed is listed; what it was out of is counted. */
function loopDetails(result: HostResult, items: readonly ItemResult[], frame: Frame, indent: string): string[] {
  const { theme } = frame;
  const telling = items.filter(
    (item) =>
      frame.verbosity > 0 ||
      isDebug(item.task) ||
      item.status === 'changed' ||
      isLost(item) ||
      item.status === 'unknown',
  );
  if (telling.length === 0) return [];
  const shown = frame.verbosity > 0 ? telling : chosen(telling);
  const lines = shown.flatMap((item) => itemLines(item, frame, indent));
  const left = telling.length - shown.length;
  if (left > 0) lines.push(`${indent}${theme.faint(`and ${left} more (-v shows all)`)}`);
  const quiet = items.length - telling.length;
  if (quiet > 0) lines.push(`${indent}${theme.faint(`${quiet} of ${items.length} items ${quietWord(items)}`)}`);
  if (isLost(result) && !items.some(isLost)) lines.push(...failureLines(result, frame, indent));
  return lines;
}

/** The first of them, but every one that failed. */
function chosen(items: readonly ItemResult[]): ItemResult[] {
  const first = new Set(items.slice(0, MOST_ITEMS));
  return items.filter((item) => first.has(item) || isLost(item));
}

function quietWord(items: readonly ItemResult[]): string {
  const ok = items.some(({ status }) => status === 'ok');
  const skipped = items.some(({ status }) => status === 'skipped');
  return ok && skipped ? 'ok or skipped' : ok ? 'ok' : 'skipped';
}

function itemLines(item: ItemResult, frame: Frame, indent: string): string[] {
  const { theme, width } = frame;
  const word = isLost(item) ? item.status : '';
  const label = cut(inline(item.label), Math.max(10, width - indent.length - 20));
  const head = `${indent}${theme.status[item.status](theme.symbol[item.status])} ${label}`;
  const ignored = item.ignored ? theme.ignored(' ignored') : '';
  const details = resultDetails(item, frame, `${indent}  `);
  if (details.length === 1 && !isLost(item)) return [`${head}  ${theme.faint(details[0]!.trim())}`];
  return [`${head}${word ? ` ${theme.status[item.status](word)}` : ''}${ignored}`, ...details];
}

function isLost({ status }: Result): boolean {
  return status === 'failed' || status === 'unreachable';
}

function changes({ changes: phrases, status }: Result, frame: Frame, indent: string): string[] {
  if (status !== 'changed' && status !== 'unknown') return [];
  const { theme, width, verbosity } = frame;
  const unique = [...new Set(phrases)];
  const shown = verbosity > 0 ? unique : unique.slice(0, MOST_CHANGES);
  const lines = shown.map((phrase) => `${indent}${theme.faint(cut(inline(phrase), width - indent.length))}`);
  const left = unique.length - shown.length;
  return left > 0 ? [...lines, `${indent}${theme.faint(`and ${left} more (-v shows all)`)}`] : lines;
}

function diffs({ task, status, diffs: all }: Result, { theme, width }: Frame, indent: string): string[] {
  if (!task.diff || status !== 'changed') return [];
  return all.flatMap((diff) =>
    diffLines(diff).map(
      ({ kind, text }) => `${indent}${theme.diff[kind](cut(text.replaceAll('\t', '    '), width - indent.length))}`,
    ),
  );
}

function verbose(result: Result, frame: Frame, indent: string): string[] {
  return frame.verbosity > 0 ? resultLines(result.result, frame, indent) : [];
}

/** debug's message or variable, plainly. */
function message({ result }: Result, frame: Frame, indent: string): string[] {
  const shown = debugResult(result);
  const text: Value | undefined = shown.get('msg');
  if (text !== undefined) return valueLines(text, frame, indent);
  const own = new Map([...shown].filter(([key]) => !LOOP_KEYS.has(String(key)) || shown.size === 1));
  return valueLines(own, frame, indent);
}

const LOOP_KEYS = new Set(['ansible_loop_var', 'item', 'failed_when_result']);
