import { lastResults, type Outcome, outcomeOf, type ResultStory } from '../../journal/story/types.ts';
import { printable } from '../../output/printable.ts';
import { duration } from '../../output/terminal/clock.ts';
import type { Group } from '../model/groups.ts';
import type { TaskReport } from '../model/report.ts';
import { countsText, hostsText, line, OUTCOMES } from '../words.ts';
import { cellStrip } from './strips.ts';

/** Characters of diffs that a page holds; what is beyond stands in the JSON report. */
const DIFFS = 2_000_000;
/** Lines of one diff. */
const DIFF_LINES = 400;

/** Tasks as rows with what is below them. */
export function taskViews(tasks: readonly TaskReport[], hosts: readonly string[]): object[] {
  let room = DIFFS;
  const withinRoom = (group: Group) => {
    const diffs = group.diffs.map((lines) => lines.slice(0, DIFF_LINES));
    const size = diffs.flat().reduce((sum, { text }) => sum + text.length, 0);
    if (size > room) return { diffs: [], left: group.diffs.length };
    room -= size;
    return { diffs, left: group.diffs.filter((lines) => lines.length > DIFF_LINES).length };
  };
  let [play, phase]: (string | undefined)[] = [];
  return tasks.map((report) => {
    const { number, task, playName, counts, longest, groups } = report;
    const heading = playName !== play ? line(playName) : undefined;
    const subheading = task.phase !== phase && task.phase !== undefined ? line(task.phase) : undefined;
    [play, phase] = [playName, task.phase];
    const last = lastResults(task);
    return {
      number,
      heading,
      subheading,
      name: line(task.name),
      action: line(task.action),
      at: line(task.at),
      handler: task.handler,
      statuses: OUTCOMES.filter((status) => counts[status] > 0).join(' '),
      worst: [...OUTCOMES].reverse().find((status) => counts[status] > 0) ?? 'skipped',
      counts: countsText(counts),
      took: duration(longest),
      width: hosts.length,
      strip: cellStrip(hosts.map((host) => outcomeOn(last.get(host)))),
      groups: groups.map((group) => groupView(group, hosts.length, withinRoom(group))),
    };
  });
}

function outcomeOn(result: ResultStory | undefined): Outcome | undefined {
  return result && outcomeOf(result);
}

function groupView(group: Group, all: number, { diffs, left }: { diffs: Group['diffs']; left: number }): object {
  return {
    status: group.status,
    note: group.note,
    hosts: line(hostsText(group.hosts, all)),
    changes: group.changes.map(line),
    message: group.message === undefined ? undefined : printable(group.message),
    items: group.items
      .filter(({ status }) => status !== 'ok' && status !== 'skipped')
      .map(({ label, status, message }) => ({
        label: line(label),
        status,
        message: message === undefined ? undefined : printable(message),
      })),
    diffs,
    left: left > 0 ? left : undefined,
  };
}
