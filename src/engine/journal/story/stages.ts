import type { PhaseOnHost, PhaseStory } from './phases.ts';
import {
  type Counts,
  countsOf,
  isLoss,
  lastResults,
  type Part,
  type PlayStory,
  type Story,
  type TaskStory,
} from './types.ts';

export type StageState = 'not_started' | 'in_progress' | 'completed' | 'failed' | 'skipped';

/** A phase of a run or, where it has none, a play. */
export interface Stage {
  readonly name: string;
  readonly purpose?: string | undefined;
  readonly needs: readonly string[];
  readonly state: StageState;
  readonly started?: number | undefined;
  readonly ended?: number | undefined;
  readonly hosts: ReadonlyMap<string, PhaseOnHost>;
  /** Results of its tasks on hosts, the last ones where they were tried again. */
  readonly counts: Counts;
  /** Milliseconds that it went on, without the time between parts of the run; up to now for one that goes on. */
  readonly took: number;
}

/** The phases of a run, or its plays if it has no phases, in their order. */
export function stagesOf(story: Story): Stage[] {
  const { phases, plays, tasks } = story;
  if (phases.length > 0)
    return phases.map((phase) =>
      phaseStage(
        phase,
        tasks.filter((task) => task.phase === phase.name),
      ),
    );
  const names = uniqueNames(plays);
  return plays.map((play, index) => playStage(play, names[index]!, story));
}

function phaseStage({ name, purpose, needs, hosts, spans }: PhaseStory, tasks: readonly TaskStory[]): Stage {
  return stage({ name, purpose, needs, hosts, took: took(spans) }, tasks);
}

function playStage(play: PlayStory, name: string, story: Story): Stage {
  const tasks = story.tasks.filter((task) => task.play === play.index);
  const hosts = new Map(play.hosts.map((host) => [host, playOnHost(play, host, tasks, story)] as const));
  return stage({ name, needs: [], hosts, took: took(within(play, story)) }, tasks);
}

function stage(base: Pick<Stage, 'name' | 'purpose' | 'needs' | 'hosts' | 'took'>, tasks: readonly TaskStory[]): Stage {
  const all = [...base.hosts.values()];
  const state = stateOf(all);
  const over = state === 'completed' || state === 'failed' || state === 'skipped';
  return {
    ...base,
    state,
    ...(all.length > 0 && { started: Math.min(...all.map(({ started }) => started)) }),
    ...(over && { ended: Math.max(...all.map(({ started, ended }) => ended ?? started)) }),
    counts: countsOf(tasks.flatMap((task) => [...lastResults(task).values()])),
  };
}

function stateOf(hosts: readonly PhaseOnHost[]): StageState {
  if (hosts.length === 0) return 'not_started';
  const has = (status: PhaseOnHost['status']) => hosts.some((host) => host.status === status);
  if (has('in_progress')) return 'in_progress';
  if (has('failed')) return 'failed';
  return has('completed') || has('fixed') ? 'completed' : 'skipped';
}

function playOnHost(play: PlayStory, host: string, tasks: readonly TaskStory[], story: Story): PhaseOnHost {
  const started = play.started ?? story.started;
  const loss = tasks.findLast((task) => {
    const last = lastResults(task).get(host);
    return last !== undefined && isLoss(last);
  });
  const counts = story.recap?.get(host);
  // A rescued failure of a check is told apart by the recap alone.
  if (loss && (!counts || counts.failed + counts.unreachable > 0)) {
    return { status: 'failed', started, ended: play.ended, tries: 1, error: `${loss.name} (${loss.at})` };
  }
  return { status: isOver(play, story) ? 'completed' : 'in_progress', started, ended: play.ended ?? started, tries: 1 };
}

/** A play is over when the next one began, or the run came to its end. */
function isOver({ index }: PlayStory, { plays, state }: Story): boolean {
  if (state === 'ok' || state === 'failed' || state === 'rolled-back') return true;
  return plays.some((other) => other.index > index && other.started !== undefined);
}

function took(spans: readonly Part[]): number {
  return spans.reduce((sum, { from, to }) => sum + (to - from), 0);
}

/** The parts of the run as far as a play was in them. */
function within({ started, ended }: PlayStory, { parts }: Story): Part[] {
  if (started === undefined) return [];
  return parts
    .map(({ from, to }) => ({ from: Math.max(from, started), to: Math.min(to, ended ?? to) }))
    .filter(({ from, to }) => to > from);
}

/** Plays may be called alike. */
function uniqueNames(plays: readonly PlayStory[]): string[] {
  const seen = new Map<string, number>();
  return plays.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
