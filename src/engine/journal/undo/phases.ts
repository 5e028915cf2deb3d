import type { Play } from '../../model/playbook.ts';
import { type PlacedPhase, phasesOf } from '../../playbook/phases.ts';
import type { Entry } from '../records.ts';
import { type PhaseStory, phaseStories } from '../story/phases.ts';
import { readTold } from '../story/told-events.ts';

/** A phase whose `undo` tasks are to run. */
export interface UndoPhase extends PlacedPhase {
  /** Hosts that began it and did not leave it out, in the order in which they began. */
  readonly hosts: readonly string[];
  /** Whether all of them completed it. */
  readonly completed: boolean;
  /** Of the entries of the journal between which it went on. */
  readonly span: Span;
}

/** Indexes of the first and the last entry. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * The phases of a run that have something to undo, the one that went on last first. `plays` are those of the run's
 * playbooks as they are now; a phase that is no longer in them cannot be undone and is left out.
 */
export function phasesToUndo(entries: readonly Entry[], plays: readonly Play[]): UndoPhase[] {
  const placed = new Map(phasesOf(plays).map((one) => [one.phase.name, one]));
  const spans = spansOf(entries);
  return phaseStories(entries)
    .flatMap((story) => {
      const one = placed.get(story.name);
      const span = spans.get(story.name);
      const hosts = begunOn(story);
      if (!one || !span || one.phase.undo.length === 0 || hosts.length === 0) return [];
      const completed = hosts.every((host) => isCompleted(story, host));
      return [{ ...one, hosts, completed, span }];
    })
    .reverse()
    .sort((one, other) => other.span.last - one.span.last);
}

function begunOn({ hosts }: PhaseStory): string[] {
  return [...hosts].filter(([, { status, tries }]) => status !== 'skipped' && tries > 0).map(([host]) => host);
}

function isCompleted({ hosts }: PhaseStory, host: string): boolean {
  const status = hosts.get(host)?.status;
  return status === 'completed' || status === 'fixed';
}

/** A phase that never ended goes on to the end of what is known. */
function spansOf(entries: readonly Entry[]): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const [index, entry] of entries.entries()) {
    const told = entry.kind === 'event' ? readTold(entry.told) : undefined;
    if (told?.type === 'phase') {
      spans.set(told.name, { first: spans.get(told.name)?.first ?? index, last: entries.length });
    }
    const open = told?.type === 'phase-end' ? spans.get(told.name) : undefined;
    if (told?.type === 'phase-end' && open) spans.set(told.name, { ...open, last: index });
  }
  return spans;
}
