import type { Outcome } from '../../journal/story/types.ts';
import { duration } from '../../output/terminal/clock.ts';
import type { Report } from '../model/report.ts';
import { type Segment, timelineOf } from '../model/timeline.ts';
import { countsText, line, plural, worked } from '../words.ts';
import { rectangle, short } from './strips.ts';

const NAMES = 140;
const AXIS = 1020;
const BAND = 20;
/** Width of a letter in the names of phases. */
const LETTER = 6.2;
/** Width that the words below the axis need to each side. */
const TICK = 26;

const SHADES: readonly Outcome[] = ['skipped', 'ok', 'unknown', 'changed', 'tolerated', 'unreachable', 'failed'];

/** The picture of hosts and their time, in units that are pixels on a wide screen. */
export function timelineView(report: Report): object | undefined {
  const { story, hosts } = report;
  if (story.tasks.length === 0) return undefined;
  const { lanes, breaks, ticks, phases } = timelineOf(story, AXIS);
  const lane = laneHeight(lanes.length);
  const top = phases.length > 0 ? BAND + 8 : 4;
  const bottom = top + lanes.length * lane;
  const counts = new Map(hosts.map((host) => [host.name, countsText(host.counts)]));
  return {
    label: `${plural(lanes.length, 'host')} over ${duration(worked(story))}: ${countsText(report.counts)}`,
    width: NAMES + AXIS,
    height: bottom + 24,
    names: NAMES,
    axis: AXIS,
    top,
    bottom,
    lane,
    named: lane >= 9,
    lanes: lanes.map(({ host, segments }, index) => ({
      host: line(cutName(host)),
      title: line(`${host}: ${counts.get(host) ?? ''}`),
      y: short(top + index * lane),
      middle: short(top + index * lane + lane / 2),
      paths: pathsOf(segments, top + index * lane, lane),
    })),
    phases: phases.map(({ name, x, width, state }) => ({
      state,
      title: line(name),
      label: bandLabel(line(name), story.phases.findIndex((phase) => phase.name === name) + 1, width),
      x: short(NAMES + x),
      text: short(NAMES + x + 5),
      width: short(Math.max(1, width - 1)),
    })),
    breaks: breaks.map(({ x, away }) => ({ x: short(NAMES + x), title: `resumed after ${duration(away)}` })),
    ticks: ticks.map(({ x, time }) => ({
      x: short(NAMES + x),
      label: breaks.some((each) => Math.abs(each.x - x) < TICK) ? '' : tickText(time),
    })),
    data: dataOf(
      lanes.map(({ segments }) => segments),
      report,
    ),
  };
}

/** The name of a phase; where there is no room for it, the number that it has in the list of phases. */
function bandLabel(name: string, number: number, width: number): string | undefined {
  const texts = [name, String(number)];
  return texts.find((text) => text.length * LETTER < width - 8);
}

/** A few hosts are drawn high; of very many each is still seen. */
function laneHeight(hosts: number): number {
  return Math.max(4, Math.min(26, Math.floor(640 / Math.max(1, hosts))));
}

function cutName(name: string): string {
  return name.length > 22 ? `${name.slice(0, 21)}…` : name;
}

function pathsOf(segments: readonly Segment[], y: number, lane: number): object[] {
  const gap = lane > 8 ? 2 : 0.5;
  return SHADES.flatMap((shade) => {
    const own = segments.filter(({ status }) => status === shade);
    // What failed stands out by its height too, not by colour alone.
    const inset = shade === 'failed' || shade === 'unreachable' ? 0 : shade === 'skipped' ? lane / 3 : gap;
    const d = own.map(({ x, width }) => rectangle(NAMES + x, y + inset, width, lane - 2 * inset)).join('');
    return d === '' ? [] : [{ shade, d }];
  });
}

function tickText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds}s`;
  return duration(milliseconds).replace(/ 0+[sm]$/, '');
}

/** For the script that says what lies under the pointer: lanes of `x, width, task, shade, milliseconds`. */
function dataOf(lanes: readonly (readonly Segment[])[], { tasks, story }: Report): string {
  const data = {
    hosts: story.hosts.map(line),
    tasks: tasks.map(({ task }) => line(task.name)),
    shades: SHADES,
    lanes: lanes.map((segments) =>
      segments.flatMap(({ x, width, task, status, ms }) => [
        ...[Math.round(NAMES + x), Math.ceil(width), task, SHADES.indexOf(status), Math.round(ms)],
      ]),
    ),
  };
  // Inside a script element nothing is escaped, so nothing may end it.
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
