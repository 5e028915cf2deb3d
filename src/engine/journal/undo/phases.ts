import type { Play } from '../../model/playbook.ts';
import { type PlacedPhase, phasesOf } from '../../playbook/phases.ts';
import type { Entry } from '../records.ts';
import { type PhaseStory, phaseStories } from '../story/phases.ts';

/** A phase whose `undo` tasks are to run. */
export interface UndoPhase extends PlacedPhase {
  /** Hosts that began it and did not leave it out, in the order in which they began. */
  readonly hosts: readonly string[];
  /** Whether all of them completed it. */
  readonly completed: boolean;
}

/**
 * The phases of a run that have something to undo, the last begun first. `plays` are those of the run's playbooks as
 * they are now; a phase that is no longer in them cannot be undone and is left out.
 */
export function phasesToUndo(entries: readonly Entry[], plays: readonly Play[]): UndoPhase[] {
  const placed = new Map(phasesOf(plays).map((one) => [one.phase.name, one]));
  return phaseStories(entries)
    .flatMap((story) => {
      const one = placed.get(story.name);
      const hosts = begunOn(story);
      if (!one || one.phase.undo.length === 0 || hosts.length === 0) return [];
      const completed = hosts.every((host) => isCompleted(story, host));
      return [{ ...one, hosts, completed }];
    })
    .reverse();
}

function begunOn({ hosts }: PhaseStory): string[] {
  return [...hosts].filter(([, { status }]) => status !== 'skipped').map(([host]) => host);
}

function isCompleted({ hosts }: PhaseStory, host: string): boolean {
  const status = hosts.get(host)?.status;
  return status === 'completed' || status === 'fixed';
}
