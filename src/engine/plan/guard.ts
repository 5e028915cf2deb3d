import type { Place } from '../journal/types.ts';
import { TsplayError } from '../model/errors.ts';
import { formatPosition } from '../model/source.ts';
import { looserId, plannedChange } from './changes.ts';
import type { Digest } from './digest.ts';
import type { PlanDocument, PlannedChange, Step, Turn } from './document.ts';
import type { Decision, NotifiedHandler, Overseer, Visit, Watch, Work } from './overseer.ts';
import { placeId, taskId } from './places.ts';

export interface GuardOptions {
  readonly digest: Digest;
  /** Ends the run after the tasks in flight. */
  readonly stop: () => void;
  /** Hides the secrets that are known by now. */
  readonly conceal: (text: string) => string;
}

/** A change that is about to be made. */
interface Doing extends PlannedChange {
  readonly looser: string | undefined;
}

/** Lets a run do what its plan says and no more. What is left to do may be less: something else did it already. */
export class PlanGuard implements Overseer {
  private readonly turns = new Map<string, Turn>();
  private readonly steps = new Map<string, Step>();
  /** Handlers that the plan may have run or not. */
  private readonly maybe: Set<string>;
  /** By host: places of includes of which the plan does not know what they bring. */
  private readonly openIncludes = new Set<string>();
  private readonly visits = new Map<string, Visit>();
  private readonly options: GuardOptions;
  private left = false;

  constructor({ hosts }: Pick<PlanDocument, 'hosts'>, options: GuardOptions) {
    this.options = options;
    for (const [host, { steps }] of Object.entries(hosts)) {
      for (const step of steps) {
        this.turns.set(step.id, step);
        this.steps.set(step.id, step);
        if (step.unknown === 'all') this.openIncludes.add(`${host} ${step.at}`);
        for (const item of step.items ?? []) this.turns.set(item.id, item);
      }
    }
    this.maybe = new Set(Object.values(hosts).flatMap(({ mayRun }) => mayRun.map(({ id }) => id)));
  }

  /** Whether the run was about to do what is not in the plan, and was ended for it. */
  get departed(): boolean {
    return this.left;
  }

  come(place: Place, visit: Visit): void {
    this.visits.set(placeId(this.options.digest, place), visit);
  }

  /** What the plan leaves free may notify whom it wants. */
  notifies(place: Place, handlers: readonly NotifiedHandler[]): void {
    if (handlers.length === 0 || !this.isFree(place)) return;
    for (const { task } of handlers) this.maybe.add(taskId(this.options.digest, place, task));
  }

  watch(place: Place, { undo, looksOnly }: Pick<Work, 'undo' | 'looksOnly'>): Watch {
    return {
      over: (view) => view,
      decided: ({ changes }: Decision) => {
        const { digest } = this.options;
        const doing = changes.map((change) => ({
          ...plannedChange(change, { undo: undo(), looksOnly }, digest),
          looser: looserId(change, digest),
        }));
        if (doing.length > 0) this.check(place, doing);
      },
    };
  }

  private check(place: Place, doing: readonly Doing[]): void {
    if (this.isFree(place)) return;
    const id = placeId(this.options.digest, place);
    const visit = this.visits.get(id);
    const turn = this.turns.get(id);
    const planned = turn?.changes ?? [];
    const more = doing.filter(({ id, looser }) => !planned.some((change) => change.id === id || change.id === looser));
    if (more.length > 0) this.depart(visit, planned, more);
  }

  /** What the plan could not foresee, and says so: what depends on the unknown, handlers that may be notified, and what an include brings. */
  private isFree(place: Place): boolean {
    const { digest } = this.options;
    const { item: _, ...whole } = place;
    const turn = this.turns.get(placeId(digest, place));
    const step = this.steps.get(placeId(digest, whole));
    if (turn?.unknown === 'all' || step?.unknown === 'all') return true;
    // What runs in any check may run here.
    if (turn?.done || step?.done) return true;
    return !turn && this.isOpen(place, this.visits.get(placeId(digest, place)));
  }

  private isOpen(place: Place, visit: Visit | undefined): boolean {
    if (this.maybe.has(taskId(this.options.digest, place, place.task))) return true;
    return visit?.includes.some((at) => this.openIncludes.has(`${place.host} ${formatPosition(at)}`)) ?? false;
  }

  private depart(visit: Visit | undefined, planned: readonly PlannedChange[], more: readonly PlannedChange[]): never {
    this.left = true;
    this.options.stop();
    const hidden = visit?.info.noLog ?? true;
    throw new TsplayError('departure', this.options.conceal(departureText(planned, more, hidden)), {
      position: visit?.info.position,
    });
  }
}

function departureText(planned: readonly PlannedChange[], more: readonly PlannedChange[], hidden: boolean): string {
  const said = (changes: readonly PlannedChange[]) =>
    changes.length === 0 ? 'nothing' : changes.map(({ kind, summary }) => (hidden ? kind : summary)).join(', ');
  const again = more.some(({ path }) => path !== undefined && planned.some((change) => change.path === path));
  const why = again ? 'with another content, owner or mode than planned' : 'which is not in the plan';
  return (
    `not done, and the run ends here: this task would ${said(more)}, ${why} (planned: ${said(planned)}). ` +
    'Find out what changed since, then make a new plan; tsplay resume tries this task again'
  );
}
