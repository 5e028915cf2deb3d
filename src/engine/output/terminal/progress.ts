import { displayWidth } from '../width.ts';
import { elapsed } from './clock.ts';
import { type Frame, inline, joinSpans, type Span } from './frame.ts';
import type { RunView, TaskView } from './view.ts';

/** The spinner's own column and the blank after it. */
const SPINNER = 2;
const MOST_RUNNING = 4;

/** What goes on now, for the line beside the spinner and a few below: the task, how far it is, who is still at it. */
export function progressLines({ tasks, started }: RunView, frame: Frame, now: number): string[] {
  const [current] = tasks.values();
  if (!current) return [];
  if (tasks.size > 1) return freeLines([...tasks.values()], started, frame, now);
  return [headLine(current, started, frame, now), ...runningLines([current], frame, now)];
}

function headLine(view: TaskView, started: number, { theme, width }: Frame, now: number): string {
  const { hosts, results, included } = view;
  const done = results.length + included.flatMap((one) => one.hosts).length;
  const failed = results.filter(({ status }) => status === 'failed' || status === 'unreachable').length;
  const counts: Span[] = [];
  if (hosts.length > 1) counts.push({ text: `${done}/${hosts.length} hosts`, paint: theme.faint });
  if (failed > 0) counts.push({ text: `${failed} failed`, paint: theme.status.failed });
  counts.push({ text: elapsed(now - started), paint: theme.faint });
  const tail = counts.flatMap((span) => [{ text: ` ${theme.dot} `, paint: theme.faint }, span]);
  const room = width - SPINNER - tail.reduce((sum, { text }) => sum + displayWidth(text), 0);
  const name = joinSpans([{ text: inline(view.task.name) }], Math.max(8, room));
  return joinSpans([{ text: name }, ...tail], width - SPINNER);
}

/** Where hosts do not wait for each other there is no one task: how many are at work on how much. */
function freeLines(views: readonly TaskView[], started: number, frame: Frame, now: number): string[] {
  const { theme, width } = frame;
  const running = views.reduce((sum, view) => sum + view.running.size, 0);
  const head: Span[] = [
    { text: `${running} hosts in ${views.length} tasks` },
    { text: ` ${theme.dot} ${elapsed(now - started)}`, paint: theme.faint },
  ];
  return [joinSpans(head, width - SPINNER), ...runningLines(views, frame, now)];
}

/** Those that take longest, first. */
function runningLines(views: readonly TaskView[], { theme, width }: Frame, now: number): string[] {
  const several = views.length > 1;
  const hosts = views
    .flatMap((view) => [...view.running].map(([host, since]) => ({ view, host, since })))
    .sort((a, b) => a.since - b.since);
  if (hosts.length === 0 || (!several && views[0]!.hosts.length === 1 && !stateOf(views[0]!, hosts[0]!.host)))
    return [];
  const lines = hosts.slice(0, MOST_RUNNING).map(({ view, host, since }) => {
    const state = stateOf(view, host);
    const what = [several ? inline(view.task.name) : '', state].filter(Boolean).join(` ${theme.dot} `);
    return joinSpans(
      [
        { text: '    ' },
        { text: inline(host) },
        { text: `  ${elapsed(now - since)}`, paint: theme.faint },
        { text: what ? `  ${what}` : '', paint: theme.faint },
      ],
      width - 1,
    );
  });
  const more = hosts.length - lines.length;
  return more > 0 ? [...lines, theme.faint(`    and ${more} more`)] : lines;
}

function stateOf(view: TaskView, host: string): string {
  const items = view.items.get(host);
  const left = view.retries.get(host);
  return [items ? `${items.length} items done` : '', left === undefined ? '' : `trying again, ${left} left`]
    .filter(Boolean)
    .join(', ');
}
