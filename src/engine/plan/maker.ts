import type { Place } from '../journal/types.ts';
import type { Event, HostResult, ItemResult, TaskInfo } from '../model/event.ts';
import { formatPosition } from '../model/source.ts';
import { diffLines } from '../output/diff.ts';
import { plannedChange } from './changes.ts';
import { type Digest, textDigest } from './digest.ts';
import type {
  Coverage,
  HostPlan,
  ItemTurn,
  Looked,
  PlannedChange,
  PlannedHandler,
  PlannedPlay,
  Step,
} from './document.ts';
import { Looks } from './looks.ts';
import type { Decision, NotifiedHandler, Overseer, Visit, Watch, Work } from './overseer.ts';
import { placeId, taskId } from './places.ts';
import { stateText } from './state.ts';

/** Characters of a diff beyond which a plan does without it. */
const LARGEST_DIFF = 64 * 1024;

/** A step while the host is at it. */
type Draft<T extends Step | ItemTurn> = { -readonly [K in keyof T]: T[K] };

interface Open {
  readonly step: Draft<Step>;
  readonly items: Draft<ItemTurn>[];
}

interface HostDraft {
  readonly opens: Open[];
  readonly mayRun: Map<string, PlannedHandler>;
}

/** What a check run tells, as the parts of a plan that hosts have. */
export class PlanMaker implements Overseer {
  readonly departed = false;
  readonly plays: PlannedPlay[] = [];
  private readonly drafts = new Map<string, HostDraft>();
  /** By task and host: the step that events are about. */
  private readonly current = new Map<string, Open>();
  private readonly byPlace = new Map<string, Draft<Step> | Draft<ItemTurn>>();
  private readonly digest: Digest;
  private readonly keepsDiffs: boolean;

  constructor(digest: Digest, options: { readonly diffs: boolean }) {
    this.digest = digest;
    this.keepsDiffs = options.diffs;
  }

  come(place: Place, { info }: Visit): void {
    const id = placeId(this.digest, place);
    const key = eventKey(info, place.host);
    const open = this.current.get(key);
    if (place.item && open) {
      const item: Draft<ItemTurn> = { id, status: 'skipped', label: '' };
      open.items.push(item);
      this.byPlace.set(id, item);
      return;
    }
    const step: Draft<Step> = { id, status: 'skipped', play: place.play, ...described(info) };
    const fresh: Open = { step, items: [] };
    this.current.set(key, fresh);
    this.byPlace.set(id, step);
    this.draftOf(place.host).opens.push(fresh);
  }

  watch(place: Place, { target, checkMode, undo, looksOnly }: Work): Watch {
    const looks = new Looks(this.digest);
    const open = this.byPlace.get(placeId(this.digest, place));
    return {
      over: (view) => looks.over(view),
      decided: (decision) => {
        if (!open) return;
        if (target !== place.host && 'play' in open) open.target = target;
        if (!checkMode) open.done = true;
        open.looked = this.looked(looks, decision);
        const known = open.changes ?? [];
        const changes = decision.changes.map((change) =>
          plannedChange(change, { undo: undo(), looksOnly }, this.digest),
        );
        const fresh = changes.filter(({ id }) => !known.some((one) => one.id === id));
        if (known.length + fresh.length > 0) open.changes = [...known, ...fresh];
      },
    };
  }

  notifies(place: Place, handlers: readonly NotifiedHandler[], certain: boolean): void {
    if (certain) return;
    const { mayRun } = this.draftOf(place.host);
    for (const { task, name } of handlers) {
      const id = taskId(this.digest, place, task);
      mayRun.set(id, { id, name });
    }
  }

  /** Told of what the user would see, redacted. */
  tell(event: Event): void {
    if (event.type === 'play-start') this.plays[event.index] = playOf(this.plays[event.index], event);
    if (event.type !== 'host-result' && event.type !== 'item-result') return;
    const open = this.current.get(eventKey(event.task, event.host));
    if (!open) return;
    if (event.type === 'host-result') return this.close(open.step, event);
    const item = open.items.at(-1);
    if (!item) return;
    item.label = event.label;
    this.close(item, event);
  }

  /** By host, as far as the run came. */
  get hosts(): Readonly<Record<string, HostPlan>> {
    return Object.fromEntries([...this.drafts].map(([host, draft]) => [host, planOf(draft)]));
  }

  get coverage(): Coverage {
    const steps = [...this.drafts.values()].flatMap(({ opens }) => opens.map(({ step }) => step));
    return { tasks: steps.length, unknown: steps.filter((step) => step.status === 'unknown').length };
  }

  private close(open: Draft<Step> | Draft<ItemTurn>, event: HostResult | ItemResult): void {
    open.status = event.status;
    if (event.status === 'unknown') open.unknown = event.doubt === undefined ? 'outcome' : 'all';
    const message = event.result.get('msg');
    const told = event.status === 'failed' || event.status === 'unreachable' || open.unknown === 'all';
    if (told && typeof message === 'string') open.because = message;
    if (!this.keepsDiffs) return;
    const texts = event.diffs.map((diff) =>
      diffLines(diff)
        .map(({ text }) => text)
        .join('\n'),
    );
    const shown = texts.filter((text) => text !== '' && text.length <= LARGEST_DIFF);
    if (shown.length > 0) open.diffs = shown;
  }

  /** All that was learned counts where something follows from it; paths are kept in any case, to say what drifted. */
  private looked(looks: Looks, { changes, before }: Decision): Looked {
    const { paths } = looks;
    if (changes.length === 0 || before === undefined) return { paths };
    return { paths, state: textDigest(this.digest, 'state', stateText(before)) };
  }

  private draftOf(host: string): HostDraft {
    const known = this.drafts.get(host);
    if (known) return known;
    const draft: HostDraft = { opens: [], mayRun: new Map() };
    this.drafts.set(host, draft);
    return draft;
  }
}

function eventKey({ id }: TaskInfo, host: string): string {
  return `${id} ${host}`;
}

function described({ name, action, position, handler, noLog }: TaskInfo): Omit<Step, 'id' | 'status' | 'play'> {
  return {
    name,
    action,
    at: formatPosition(position),
    ...(handler && { handler: true as const }),
    ...(noLog && { hidden: true as const }),
  };
}

/** Batches of one play are told one by one. */
function playOf(
  known: PlannedPlay | undefined,
  { name, hosts }: { readonly name: string; readonly hosts: readonly string[] },
): PlannedPlay {
  return { name, hosts: [...new Set([...(known?.hosts ?? []), ...hosts])] };
}

function planOf({ opens, mayRun }: HostDraft): HostPlan {
  const steps = opens.map(({ step, items }) => (items.length > 0 ? { ...step, items } : step));
  return { steps: steps.map(shown), mayRun: [...mayRun.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Of a task that is not to be shown it is told that it changes something, and by digests what. */
function shown(step: Step): Step {
  if (!step.hidden) return step;
  const { because: _, diffs: __, changes, items, looked, ...rest } = step;
  return {
    ...rest,
    ...(looked && { looked: hiddenLook(looked) }),
    ...(changes && { changes: changes.map(hiddenChange) }),
    ...(items && { items: items.map((item) => hiddenItem(item)) }),
  };
}

function hiddenItem({ because: _, diffs: __, looked, changes, ...item }: ItemTurn): ItemTurn {
  return {
    ...item,
    ...(looked && { looked: hiddenLook(looked) }),
    ...(changes && { changes: changes.map(hiddenChange) }),
  };
}

function hiddenLook({ state }: Looked): Looked {
  return { paths: {}, ...(state !== undefined && { state }) };
}

function hiddenChange({ id, kind, opaque, final, before }: PlannedChange): PlannedChange {
  return {
    id,
    kind,
    summary: kind,
    ...(opaque && { opaque }),
    ...(final !== undefined && { final }),
    ...(before && { before }),
  };
}
