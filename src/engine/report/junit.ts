import { readDetails } from '../journal/story/details.ts';
import type { Unseal } from '../journal/story/phases.ts';
import { lastResults, type ResultStory, type Story, type TaskStory } from '../journal/story/types.ts';
import type { HostResult } from '../model/event.ts';
import { JunitOutput } from '../output/junit.ts';

/** A report for CI: a suite for each play, a case for each task on each host, as `--output junit` writes it. */
export function junitReport(story: Story, unseal: Unseal): string {
  let text = '';
  const output = new JunitOutput({ out: (part) => (text += part), err: () => {}, columns: undefined });
  for (const { index, name, hosts, started = story.started } of story.plays) {
    const position = positionOf('');
    output.handle({ type: 'play-start', name, index, position, hosts, time: started });
    for (const [number, task] of story.tasks.entries()) {
      if (task.play !== index) continue;
      for (const result of lastResults(task).values()) output.handle(eventOf(number + 1, task, result, unseal));
    }
  }
  output.handle({ type: 'run-end', recap: story.recap ?? new Map(), stats: new Map(), time: story.ended });
  return text;
}

function eventOf(id: number, task: TaskStory, result: ResultStory, unseal: Unseal): HostResult {
  const { name, action, at, handler } = task;
  const { host, status, ignored, rescued, time, ms, sealed, delegatedTo } = result;
  const details = sealed === undefined ? undefined : readDetails(sealed, unseal);
  return {
    type: 'host-result',
    task: { id, name, action, position: positionOf(at), handler, checkMode: false, noLog: false, tags: [] },
    host,
    delegatedTo,
    status,
    result: details?.result ?? new Map(),
    diffs: [],
    changes: details?.changes ?? [],
    time,
    duration: ms,
    looped: false,
    // What was taken care of is no failure of a test.
    ignored: ignored || rescued,
  };
}

function positionOf(at: string): HostResult['task']['position'] {
  const [, file = '', line = 1, column = 1] = /^(.*):(\d+):(\d+)$/.exec(at) ?? [];
  return { file, line: Number(line), column: Number(column) };
}
