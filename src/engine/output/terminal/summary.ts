import type { HostResult, Status } from '../../model/event.ts';
import { displayWidth } from '../width.ts';
import { duration } from './clock.ts';
import { type Frame, inline, joinSpans, type Span } from './frame.ts';
import { hostNames } from './hosts.ts';
import type { Theme } from './theme.ts';
import type { TaskView } from './view.ts';

const ORDER = ['failed', 'unreachable', 'changed', 'unknown', 'ok', 'skipped'] as const satisfies readonly Status[];
const WOULD: Readonly<Partial<Record<Status, string>>> = { changed: 'would change' };
/** Shorter times are not worth a column. */
const WORTH_SAYING = 950;
const INDENT = '  ';

/** Which hosts a summary names: none where there is but one, all where each comes by itself, else those that matter. */
export type Naming = 'none' | 'some' | 'all';

/** One line for a task: how it went, its name, and how many hosts (or which) went how. */
export function summaryLines(view: TaskView, frame: Frame, naming: Naming): string[] {
  const { theme, width } = frame;
  const { task } = view;
  const status = worst(view.results);
  const name = `${task.handler ? 'handler ' : ''}${inline(task.name)}`;
  const counts = countSpans(view, frame, naming);
  const took = tookText(view);
  const mark = markOf(view, status, theme);
  const title: Span = {
    text: name,
    paint: status === 'skipped' || view.results.length === 0 ? theme.faint : undefined,
  };
  const time: Span = { text: took, paint: theme.faint };
  const used = displayWidth(mark.text) + displayWidth(name);
  const countWidth = counts.reduce((sum, { text }) => sum + displayWidth(text), 0);
  const column = Math.min(56, Math.max(24, Math.floor(width / 2)));
  const free = width - used - countWidth - (took ? took.length + 2 : 0);
  const gap = Math.max(2, Math.min(column - used, free));
  if (free < 2) {
    const first = joinSpans([mark, title], width);
    return counts.length === 0
      ? [first]
      : [first, joinSpans([{ text: INDENT }, ...counts, { text: '  ' }, time], width)];
  }
  const rest = width - used - gap - countWidth - took.length;
  const fill = took ? ' '.repeat(Math.min(rest, Math.max(2, 100 - used - gap - countWidth))) : '';
  return [joinSpans([mark, title, { text: ' '.repeat(gap) }, ...counts, { text: fill }, time], width).trimEnd()];
}

/** The status that the line stands for: what needs attention first. */
export function worst(results: readonly HostResult[]): Status {
  for (const status of ORDER.slice(0, -1)) {
    if (results.some((result) => effective(result) === status)) return status;
  }
  return 'skipped';
}

function markOf({ results }: TaskView, status: Status, theme: Theme): Span {
  // All is well but for failures that nobody minds: neither a tick nor a cross of the run's own colour.
  if (status === 'ok' && results.some(({ ignored }) => ignored)) {
    return { text: `${theme.symbol.failed} `, paint: theme.ignored };
  }
  return { text: `${theme.symbol[status]} `, paint: theme.status[status] };
}

/** A failure that is ignored is no failure of the run. */
function effective({ status, ignored }: HostResult): Status {
  return ignored ? 'ok' : status;
}

function countSpans(view: TaskView, { theme }: Frame, naming: Naming): Span[] {
  const groups = new Map<string, { status: Status; hosts: string[]; ignored: boolean }>();
  for (const status of ORDER) {
    for (const result of view.results) {
      if (result.status !== status) continue;
      const key = `${status} ${result.ignored}`;
      const group = groups.get(key) ?? { status, hosts: [], ignored: result.ignored };
      group.hosts.push(result.host);
      groups.set(key, group);
    }
  }
  const spans: Span[] = [];
  for (const { status, hosts, ignored } of groups.values()) {
    if (spans.length > 0) spans.push({ text: ` ${theme.dot} `, paint: theme.faint });
    const word = `${(view.task.checkMode && WOULD[status]) || status}${ignored ? ', ignored' : ''}`;
    spans.push({ text: word, paint: ignored ? theme.ignored : theme.status[status] });
    const noteworthy = status !== 'ok' && status !== 'skipped';
    if (naming === 'none') continue;
    const all = hosts.length === view.results.length && hosts.length > 1;
    const named = naming === 'all' || (noteworthy && !(all && hosts.length > 3));
    const which = named ? hostNames(hosts) : String(hosts.length);
    spans.push({ text: ` ${which}`, paint: noteworthy ? undefined : theme.faint });
  }
  const tries = Math.max(0, ...view.results.map(({ result }) => Number(result.get('attempts') ?? 0)));
  if (tries > 1) spans.push({ text: ` ${theme.dot} ${tries} tries`, paint: theme.faint });
  return [...spans, ...includedSpans(view, theme.faint)];
}

function includedSpans({ included }: TaskView, paint: Span['paint']): Span[] {
  const files = [...new Set(included.map(({ file }) => file.split('/').slice(-2).join('/')))];
  if (files.length === 0) return [];
  const more = files.length > 2 ? ` and ${files.length - 2} more` : '';
  return [{ text: files.slice(0, 2).map(inline).join(', ') + more, paint }];
}

function tookText({ started, results }: TaskView): string {
  const took = results.reduce((latest, { time }) => Math.max(latest, time), started) - started;
  return took >= WORTH_SAYING ? duration(took) : '';
}
