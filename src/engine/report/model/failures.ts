import { readDetails } from '../../journal/story/details.ts';
import type { Unseal } from '../../journal/story/phases.ts';
import { isLoss, lastResults, type ResultStory, type Story, type TaskStory } from '../../journal/story/types.ts';
import type { Dict } from '../../model/value.ts';
import { messageOf, outputOf } from './messages.ts';

/** A task that failed, with all hosts on which it did in the same way. */
export interface Failure {
  /** Number of the task, from 1. */
  readonly number: number;
  readonly task: TaskStory;
  readonly hosts: readonly string[];
  readonly unreachable: boolean;
  /** `mended`: a later part of the run, a rescue or another try of the phase did better. */
  readonly outcome: 'lost' | 'ignored' | 'mended';
  readonly message: string;
  readonly rc?: number | undefined;
  readonly output: readonly { readonly name: string; readonly text: string }[];
  readonly source?: Excerpt | undefined;
}

export interface Excerpt {
  /** Number of the first line. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** The text of a source file, by the name that positions have; undefined where there is none. */
export type ReadSource = (file: string) => string | undefined;

/** Failures that ended something first, then the others. */
export function failuresOf(story: Story, unseal: Unseal, readSource: ReadSource): Failure[] {
  const failures = story.tasks.flatMap((task, index) => {
    // What gathers facts stands where its play does: its source would be the whole play.
    const own = !story.plays.some(({ at }) => at === task.at);
    return ofTask(task, index + 1, unseal, own ? readSource : () => undefined);
  });
  const order = { lost: 0, mended: 1, ignored: 2 };
  return failures.sort((a, b) => order[a.outcome] - order[b.outcome] || a.number - b.number);
}

function ofTask(task: TaskStory, number: number, unseal: Unseal, readSource: ReadSource): Failure[] {
  const last = lastResults(task);
  const found = new Map<string, Failure & { hosts: string[] }>();
  for (const result of task.results) {
    if (result.status !== 'failed' && result.status !== 'unreachable') continue;
    const failure = told(result, last.get(result.host)!, unseal);
    const key = JSON.stringify(failure);
    const known = found.get(key);
    if (known) known.hosts.push(result.host);
    else {
      // A task that hides its output hides its arguments too.
      const source = failure.hidden ? undefined : excerpt(task.at, readSource);
      found.set(key, { ...failure, number, task, hosts: [result.host], source });
    }
  }
  return [...found.values()];
}

function told(result: ResultStory, last: ResultStory, unseal: Unseal) {
  const details = result.sealed === undefined ? undefined : readDetails(result.sealed, unseal);
  const said: Dict = details?.result ?? new Map();
  const rc = said.get('rc');
  const lost = isLoss(result) && last === result;
  const outcome: Failure['outcome'] = lost ? 'lost' : result.ignored ? 'ignored' : 'mended';
  return {
    unreachable: result.status === 'unreachable',
    outcome,
    message: messageOf(said),
    ...(typeof rc === 'number' && { rc }),
    output: outputOf(said),
    hidden: said.has('censored'),
  };
}

const LINES = 8;

/** The task in its file as that stands now, and nothing of its neighbours: they may have said `no_log`. */
function excerpt(at: string, readSource: ReadSource): Excerpt | undefined {
  const [, file = '', number = ''] = /^(.*):(\d+):\d+$/.exec(at) ?? [];
  const text = readSource(file)?.split('\n');
  const line = Number(number);
  if (!text || line < 1 || line > text.length) return undefined;
  const rest = text.slice(line, line - 1 + LINES);
  const next = rest.findIndex((one) => one.trim() !== '' && indent(one) <= indent(text[line - 1]!));
  const own = next < 0 ? rest : rest.slice(0, next);
  return { line, lines: [text[line - 1]!, ...own].join('\n').trimEnd().split('\n') };
}

/** A task's place is that of its first keyword; its line begins with the dash. */
function indent(line: string): number {
  return line.length - line.trimStart().length;
}
