import type { Entry } from '../records.ts';
import type { UndoPhase } from './phases.ts';
import { canUndo, type Step, together } from './steps.ts';

/** What a rollback does at one time. */
export type Action =
  /** Changes of one task, which may be taken back at the same time on several hosts. */
  { readonly do: 'steps'; readonly steps: readonly Step[] } | { readonly do: 'phase'; readonly phase: UndoPhase };

/** What a rollback is about. */
export interface Undoing {
  /** The last change first. */
  readonly steps: readonly Step[];
  /** The one that went on last first. */
  readonly phases: readonly UndoPhase[];
  readonly entries: readonly Entry[];
}

/** In the order in which it is done: the last first, and of a phase its `undo` tasks before the changes made in it. */
export function actionsOf(undoing: Undoing): Action[] {
  const at = indexes(undoing.entries);
  const groups = together(undoing.steps.filter(canUndo)).map((steps) => ({
    when: Math.max(...steps.map(({ entry }) => at.get(entry) ?? 0)),
    action: { do: 'steps', steps } as const,
  }));
  const phases = undoing.phases.map((phase) => ({ when: phase.span.last, action: { do: 'phase', phase } as const }));
  return [...phases, ...groups].sort((one, other) => other.when - one.when).map(({ action }) => action);
}

/** The phase whose `undo` tasks answer for a change that has no way back of its own. */
export function answeredBy(step: Step, { phases, entries }: Undoing): UndoPhase | undefined {
  if (canUndo(step)) return undefined;
  const when = entries.indexOf(step.entry);
  return phases.find(
    ({ span, hosts }) => span.first < when && when < span.last && hosts.includes(step.entry.place.host),
  );
}

function indexes(entries: readonly Entry[]): Map<Entry, number> {
  return new Map(entries.map((entry, index) => [entry, index]));
}
