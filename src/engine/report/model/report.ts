import type { PhaseStory, Unseal } from '../../journal/story/phases.ts';
import { type Stage, stagesOf } from '../../journal/story/stages.ts';
import { type Counts, countsOf, isLoss, lastResults, type Story, type TaskStory } from '../../journal/story/types.ts';
import { type Failure, failuresOf, type ReadSource } from './failures.ts';
import { type Group, groupsOf } from './groups.ts';

/** A run as reports tell it, whatever their form. Times are milliseconds since the epoch, durations milliseconds. */
export interface Report {
  readonly story: Story;
  readonly stages: readonly Stage[];
  /** Whether the stages are phases; else they are plays. */
  readonly phased: boolean;
  readonly phases: readonly PhaseStory[];
  readonly hosts: readonly HostReport[];
  readonly tasks: readonly TaskReport[];
  readonly failures: readonly Failure[];
  readonly slowest: readonly TaskReport[];
  readonly counts: Counts;
}

export interface HostReport {
  readonly name: string;
  readonly counts: Counts;
  /** It is lost: a failure that nobody took care of, or it could not be reached. */
  readonly lost: boolean;
  /** Time spent in its tasks. */
  readonly busy: number;
}

export interface TaskReport {
  /** From 1, in the order in which they were come to. */
  readonly number: number;
  readonly task: TaskStory;
  readonly playName: string;
  readonly counts: Counts;
  /** How long its slowest host took. */
  readonly longest: number;
  /** Hosts with the same outcome together; those of which nothing is to be told last. */
  readonly groups: readonly Group[];
}

const SLOWEST = 10;
/** Quicker tasks are no reason for anything. */
const WORTH_NAMING = 100;

export function reportOf(story: Story, unseal: Unseal, readSource: ReadSource): Report {
  const names = new Map(story.plays.map(({ index, name }) => [index, name]));
  const tasks = story.tasks.map((task, index): TaskReport => {
    const on = lastResults(task);
    const last = story.hosts.flatMap((host) => on.get(host) ?? []);
    return {
      number: index + 1,
      task,
      playName: names.get(task.play) ?? '',
      counts: countsOf(last),
      longest: Math.max(0, ...task.results.map(({ ms }) => ms)),
      groups: groupsOf(last, unseal),
    };
  });
  const bySpeed = tasks.filter(({ longest }) => longest >= WORTH_NAMING).sort((a, b) => b.longest - a.longest);
  return {
    story,
    stages: stagesOf(story),
    phased: story.phases.length > 0,
    phases: story.phases,
    hosts: story.hosts.map((name) => hostReport(name, story)),
    tasks,
    failures: failuresOf(story, unseal, readSource),
    slowest: bySpeed.slice(0, SLOWEST),
    counts: countsOf(story.tasks.flatMap((task) => [...lastResults(task).values()])),
  };
}

function hostReport(name: string, { tasks, recap }: Story): HostReport {
  const results = tasks.flatMap((task) => lastResults(task).get(name) ?? []);
  const counts = recap?.get(name);
  const lost = counts ? counts.failed + counts.unreachable > 0 : results.some(isLoss);
  return {
    name,
    counts: countsOf(results),
    lost,
    busy: results.reduce((sum, { ms }) => sum + ms, 0),
  };
}
