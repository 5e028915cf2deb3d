import type { Block, Item, Play } from '../../model/playbook.ts';
import type { PlacedPhase } from '../../playbook/phases.ts';
import type { RunContext } from '../context.ts';
import type { Losses } from '../play-state.ts';
import { runPlay } from '../run-play.ts';
import { PhaseLedger } from './ledger.ts';

export interface PhaseUndo extends PlacedPhase {
  readonly hosts: readonly string[];
}

/**
 * Brings back what an earlier part of a run gave its hosts: registered variables, facts, added hosts. Its recorder must
 * know every place, so that no host is asked and nothing is shown.
 */
export async function recallPlays(run: RunContext, plays: readonly Play[], limit: string | undefined): Promise<void> {
  const emit = () => {};
  const silent: RunContext = {
    ...run,
    emit,
    recap: new Map(),
    stats: new Map(),
    phases: { skip: new Set(), autoFix: false, ledger: new PhaseLedger(emit) },
  };
  for (const [index, play] of plays.entries()) {
    await runPlay(silent, { play, index, limit, losses: noLosses() });
  }
}

/** Runs the `undo` tasks of a phase under the keywords of its block and play; gives the hosts on which one failed. */
export async function undoPhase(run: RunContext, undo: PhaseUndo, index: number): Promise<ReadonlySet<string>> {
  const losses = noLosses();
  await runPlay(run, { play: playOf(undo), index, limit: undefined, losses });
  return new Set([...losses.failed, ...losses.unreachable]);
}

function noLosses(): Losses {
  return { failed: new Set(), unreachable: new Set() };
}

/** Roles stay, for their variables and handlers; their tasks do not. */
function playOf({ phase, play, hosts }: PhaseUndo): Play {
  const { phase: _, serial: __, ...rest } = play;
  return {
    ...rest,
    keywords: { ...play.keywords, name: `Undo phase ${phase.name}` },
    hosts: [...hosts],
    preTasks: emptied(play.preTasks),
    roles: play.roles.map(emptied),
    tasks: { ...play.tasks, items: [...phase.undo] },
    postTasks: emptied(play.postTasks),
  };
}

function emptied(block: Block): Block {
  const none: Item[] = [];
  return { ...block, items: none, rescue: none, always: none };
}
