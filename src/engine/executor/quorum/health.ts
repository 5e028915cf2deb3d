import { UNRECORDED } from '../../journal/types.ts';
import type { Event } from '../../model/event.ts';
import type { Block, Item, Play } from '../../model/playbook.ts';
import type { Raw } from '../../model/value.ts';
import type { PlayFrame } from '../../vars/frame.ts';
import type { RunContext } from '../context.ts';
import type { Losses } from '../play-state.ts';

/** Asking hosts how they are. */
export interface Question {
  readonly play: Play;
  readonly index: number;
  readonly prompts: PlayFrame['prompts'];
  /** Of the play, as it is shown. */
  readonly name: string;
  /** What is asked and when: `health before batch 2 of 3`. */
  readonly what: string;
  readonly tasks: readonly Item[];
  readonly hosts: readonly string[];
}

/** Runs a play that was made. */
export type RunMade = (
  run: RunContext,
  inputs: { readonly play: Play; readonly index: number; readonly limit: undefined; readonly losses: Losses },
) => Promise<boolean>;

/**
 * Runs tasks that ask hosts how they are, as a play of its own; gives the hosts that did not do well. Nothing of it is
 * remembered, so that a run that goes on asks again, and nothing of it counts: what follows from it is decided by who asks.
 */
export async function askHealth(run: RunContext, question: Question, runMade: RunMade): Promise<ReadonlySet<string>> {
  const losses: Losses = { failed: new Set(), unreachable: new Set() };
  const asking: RunContext = {
    ...run,
    record: UNRECORDED,
    recap: new Map(),
    emit: (event) => run.emit(aside(event, question.name)),
  };
  await runMade(asking, { play: playOf(question), index: question.index, limit: undefined, losses });
  return new Set([...losses.failed, ...losses.unreachable]);
}

/** Answers to prompts stand among the variables: nobody is asked again. */
function playOf({ play, prompts, name: asking, what, tasks, hosts }: Question): Play {
  const { phase: _, serial: __, quorum: ___, serialHealth: ____, ...rest } = play;
  const name: Raw = `${asking}: ${what}`;
  return {
    ...rest,
    keywords: { ...play.keywords, name, vars: new Map([...(play.keywords.vars ?? []), ...prompts]) },
    hosts: [...hosts],
    varsPrompt: [],
    gatherFacts: false,
    strategy: 'linear',
    preTasks: emptied(play.preTasks),
    roles: play.roles.map(emptied),
    tasks: { ...play.tasks, items: [...tasks] },
    postTasks: emptied(play.postTasks),
  };
}

function emptied(block: Block): Block {
  return { ...block, items: [], rescue: [], always: [] };
}

/** That a host does not do well is an answer, and no failure of the run; what is asked belongs to the play that asks. */
function aside(event: Event, partOf: string): Event {
  switch (event.type) {
    case 'host-result':
    case 'item-result':
      return { ...event, ignored: true };
    case 'play-start':
      return { ...event, partOf };
    default:
      return event;
  }
}
