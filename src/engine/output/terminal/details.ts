import { stripVTControlCharacters } from 'node:util';
import type { HostResult, ItemResult } from '../../model/event.ts';
import type { Value } from '../../model/value.ts';
import { debugResult } from '../ansible/dump.ts';
import { isDebug } from '../ansible/results.ts';
import { cut, displayWidth } from '../width.ts';
import { diffBlock } from './diff.ts';
import { briefFailure, failureLines } from './failure.ts';
import { type Frame, inline } from './frame.ts';
import { fold } from './hosts.ts';
import { resultLines, valueLines } from './values.ts';

type Result = HostResult | ItemResult;

/** Phrases shown of one host; the rest is counted. */
const MOST_CHANGES = 8;
/** Items listed of one loop. */
const MOST_ITEMS = 12;

/** What there is to tell of one host's result beyond its status. Empty if nothing. */
export function hostDetails(result: HostResult, items: readonly ItemResult[], frame: Frame): string[] {
  if (result.looped && items.length > 0) return loopDetails(result, items, frame);
  return resultDetails(result, frame, '');
}

function resultDetails(result: Result, frame: Frame, indent: string): string[] {
  if (result.status === 'failed' || result.status === 'unreachable') {
    const why = result.ignored ? briefFailure(result, frame, indent) : failureLines(result, frame, indent);
    return [...why, ...verbose(result, frame, indent)];
  }
  if (isDebug(result.task)) return result.status === 'skipped' ? [] : message(result, frame, indent);
  return [...changes(result, frame, indent), ...diffs(result, frame, indent), ...verbose(result, frame, indent)];
}

/** Only what changed or failed is listed; what it was out of is counted. */
function loopDetails(result: HostResult, items: readonly ItemResult[], frame: Frame): string[] {
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
  const lines = itemGroups(shown, frame);
  const left = telling.length - shown.length;
  if (left > 0) lines.push(`${theme.faint(`and ${left} more (-v shows all)`)}`);
  const quiet = items.length - telling.length;
  if (quiet > 0) lines.push(`${theme.faint(`${quiet} of ${items.length} items ${quietWord(items)}`)}`);
  if (isLost(result) && !items.some(isLost)) lines.push(...failureLines(result, frame, ''));
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

/** Items of which the same is to be told, together. */
function itemGroups(items: readonly ItemResult[], frame: Frame): string[] {
  const told = items.map((item) => [item.label, { item, details: resultDetails(item, frame, '  ') }] as const);
  const groups = fold(told, ({ item, details }) => [item.status, item.ignored, ...details].join('\n'));
  return groups.flatMap(({ hosts: labels, value }) => itemLines(labels, value.item, value.details, frame));
}

function itemLines(labels: readonly string[], item: ItemResult, details: readonly string[], frame: Frame): string[] {
  const { theme, width } = frame;
  const [only] = details;
  const short = details.length === 1 && !isLost(item);
  const beside = short ? displayWidth(stripVTControlCharacters(only!.trim())) : 12;
  const label = cut(labels.map(inline).join(', '), Math.max(Math.floor(width / 2), width - beside - 4));
  const head = `${theme.status[item.status](theme.symbol[item.status])} ${label}`;
  if (short) return [`${head}  ${only!.trim()}`];
  const status = isLost(item) ? ` ${theme.status[item.status](item.status)}` : '';
  return [`${head}${status}${item.ignored ? theme.ignored(' ignored') : ''}`, ...details];
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

function diffs({ task, status, diffs: all }: Result, frame: Frame, indent: string): string[] {
  if (!task.diff || status !== 'changed') return [];
  return all.flatMap((diff) => diffBlock(diff, frame, indent));
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
