import type { PhaseStory } from '../../journal/story/phases.ts';
import { type Outcome, outcomeOf, type Part, type ResultStory, type Story } from '../../journal/story/types.ts';

/** A piece of a host's time, on the axis of the picture. */
export interface Segment {
  readonly x: number;
  readonly width: number;
  readonly status: Outcome;
  /** Index of the task. */
  readonly task: number;
  readonly ms: number;
}

export interface Timeline {
  readonly width: number;
  readonly lanes: readonly { readonly host: string; readonly segments: readonly Segment[] }[];
  /** Where the picture leaves time out: between the parts of a run. */
  readonly breaks: readonly { readonly x: number; readonly away: number }[];
  readonly ticks: readonly { readonly x: number; readonly time: number }[];
  readonly phases: readonly {
    readonly name: string;
    readonly x: number;
    readonly width: number;
    readonly state: 'ok' | 'failed';
  }[];
}

/** What a break takes of the axis. */
const BREAK = 26;
/** So that what is short can be seen. */
const THINNEST = 1.2;

/** Lays the results of a run on an axis of this width; the time between the parts of a run is left out. */
export function timelineOf(story: Story, width: number): Timeline {
  const axis = axisOf(story.parts, width);
  const byHost = new Map<string, Segment[]>(story.hosts.map((host) => [host, []]));
  for (const [task, { results }] of story.tasks.entries()) {
    for (const result of results) byHost.get(result.host)?.push(segmentOf(result, task, axis));
  }
  return {
    width,
    lanes: [...byHost].map(([host, segments]) => ({ host, segments: thinned(segments) })),
    breaks: axis.breaks,
    ticks: axis.ticks,
    phases: story.phases.flatMap((phase) => bandsOf(phase, axis)),
  };
}

interface Axis {
  readonly x: (time: number) => number;
  readonly breaks: Timeline['breaks'];
  readonly ticks: Timeline['ticks'];
}

function axisOf(parts: readonly Part[], width: number): Axis {
  const total = Math.max(
    1,
    parts.reduce((sum, { from, to }) => sum + (to - from), 0),
  );
  const scale = Math.max(1, width - BREAK * (parts.length - 1)) / total;
  let [x, spent] = [0, 0];
  const placed = parts.map((part) => {
    const one = { ...part, x, spent };
    x += (part.to - part.from) * scale + BREAK;
    spent += part.to - part.from;
    return one;
  });
  const partAt = (time: number) => placed.findLast(({ from }) => time >= from) ?? placed[0]!;
  const step = stepOf(total);
  const ticks = Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step).map((time) => {
    const part = placed.findLast((one) => time >= one.spent) ?? placed[0]!;
    return { x: part.x + (time - part.spent) * scale, time };
  });
  return {
    x(time) {
      const part = partAt(time);
      return part.x + Math.min(Math.max(0, time - part.from), part.to - part.from) * scale;
    },
    breaks: placed.slice(1).map((part, index) => ({ x: part.x - BREAK / 2, away: part.from - placed[index]!.to })),
    ticks,
  };
}

/** Round steps, so that about eight of them make the whole. */
function stepOf(total: number): number {
  const seconds = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400,
  ];
  return (seconds.find((one) => one * 1000 * 9 >= total) ?? Math.ceil(total / 8 / 86_400_000) * 86_400) * 1000;
}

function segmentOf(result: ResultStory, task: number, axis: Axis): Segment {
  const x = axis.x(result.time - result.ms);
  return { x, width: Math.max(THINNEST, axis.x(result.time) - x), status: outcomeOf(result), task, ms: result.ms };
}

/** How much each needs to be seen where several lie in one place. */
const WEIGHT: Readonly<Record<Outcome, number>> = {
  skipped: 0,
  ok: 1,
  unknown: 2,
  changed: 3,
  tolerated: 4,
  unreachable: 5,
  failed: 6,
};

/** Of those too near to each other to be seen apart the weightiest stays. */
function thinned(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = [];
  for (const segment of [...segments].sort((a, b) => a.x - b.x)) {
    const last = kept.at(-1);
    const near = last && segment.x - last.x < THINNEST / 2;
    if (!near) kept.push(segment);
    else if (WEIGHT[segment.status] > WEIGHT[last.status] || segment.width > last.width) {
      const status = WEIGHT[segment.status] > WEIGHT[last.status] ? segment.status : last.status;
      kept[kept.length - 1] = { ...segment, x: last.x, width: Math.max(last.width, segment.width), status };
    }
  }
  return kept;
}

function bandsOf({ name, hosts, spans }: PhaseStory, axis: Axis): Timeline['phases'] {
  const failed = [...hosts.values()].some(({ status }) => status === 'failed');
  return spans.map(({ from, to }) => {
    const x = axis.x(from);
    return { name, x, width: Math.max(THINNEST, axis.x(to) - x), state: failed ? 'failed' : 'ok' };
  });
}
