import { canonicalJson } from './canonical.ts';
import type { HostPlan, ItemTurn, PlanDocument, PlannedChange, SeenPath, Step, Turn } from './document.ts';

/** A task whose host is not as it was when the plan was made. */
export interface Drift {
  readonly host: string;
  readonly step: Step;
  /** The turn of its loop. */
  readonly label?: string | undefined;
  /** What is not as it was, one line each. */
  readonly what: readonly string[];
}

type Hosts = PlanDocument['hosts'];

/** What a plan made now would do otherwise, on which host. Empty if nothing drifted. */
export function driftBetween(planned: Hosts, now: Hosts): Drift[] {
  const names = new Set([...Object.keys(planned), ...Object.keys(now)]);
  return [...names].flatMap((host) => driftOf(host, planned[host] ?? NOBODY, now[host] ?? NOBODY));
}

const NOBODY: HostPlan = { steps: [], mayRun: [] };

function driftOf(host: string, planned: HostPlan, now: HostPlan): Drift[] {
  const present = new Map(now.steps.map((step) => [step.id, step]));
  const known = new Set(planned.steps.map(({ id }) => id));
  const compared = planned.steps.flatMap((step) => stepDrift(host, step, present.get(step.id)));
  const fresh = now.steps.filter((step) => !known.has(step.id)).flatMap((step) => stepDrift(host, undefined, step));
  return [...compared, ...fresh];
}

function stepDrift(host: string, planned: Step | undefined, now: Step | undefined): Drift[] {
  const step = planned ?? now;
  if (!step) return [];
  const whole = turnDrift(planned, now);
  if (whole.length > 0) return [{ host, step, what: whole }];
  const [before, after] = [planned?.items ?? [], now?.items ?? []];
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [was, is] = [before, after].map((items) => items.find((item) => item.id === id));
    const what = turnDrift(was, is);
    return what.length > 0 ? [{ host, step, label: labelOf(was ?? is), what }] : [];
  });
}

function labelOf(item: ItemTurn | undefined): string {
  return item?.label ?? '';
}

/** Lines that say in what two turns differ as far as it matters. */
function turnDrift(planned: Turn | undefined, now: Turn | undefined): string[] {
  if (now?.status === 'failed' || now?.status === 'unreachable') return [`${now.status}: ${now.because ?? ''}`];
  // What was really done while the plan was made need not be done again, and may be found otherwise.
  if (planned?.unknown === 'all' || planned?.done || now?.done) return [];
  const [was, is] = [planned?.changes ?? [], now?.changes ?? []];
  if (was.length === 0 && is.length === 0) return [];
  const paths = pathDrift(planned, now);
  if (now?.unknown === 'all') return [...paths, 'it is not known any more what is to be done'];
  const changed = !sameChanges(was, is);
  if (changed && paths.length === 0) return [`planned: ${phrase(was)}`, `now: ${phrase(is)}`];
  if (changed) return [...paths, `planned: ${phrase(was)}; now: ${phrase(is)}`];
  if (paths.length > 0) return paths;
  if (planned?.looked?.state === now?.looked?.state) return [];
  return ['the state from which it was planned is another'];
}

function sameChanges(was: readonly PlannedChange[], is: readonly PlannedChange[]): boolean {
  return was.length === is.length && was.every((change, at) => sameChange(change, is[at]!));
}

function sameChange(was: PlannedChange, is: PlannedChange): boolean {
  return was.id === is.id && canonicalJson(was.before ?? null) === canonicalJson(is.before ?? null);
}

function phrase(changes: readonly PlannedChange[]): string {
  return changes.length === 0 ? 'nothing to do' : changes.map(changeText).join(', ');
}

/** Of a change to a file also which content, since that may be all that differs. */
function changeText({ summary, content }: PlannedChange): string {
  return content ? `${summary} (content ${short(content.digest)})` : summary;
}

/** Digits of a digest that are shown. */
export function short(digest: string): string {
  return digest.slice(0, 8);
}

function pathDrift(planned: Turn | undefined, now: Turn | undefined): string[] {
  const [was, is] = [planned?.looked?.paths, now?.looked?.paths];
  if (!was || !is) return [];
  return Object.keys(was).flatMap((path) => {
    const [before, after] = [was[path], is[path]];
    return before === undefined || after === undefined ? [] : seenDrift(path, before, after);
  });
}

function seenDrift(path: string, was: SeenPath, is: SeenPath): string[] {
  if (was === null || is === null) {
    if (was === is) return [];
    return [`${path}: was ${was?.kind ?? 'not there'}, is ${is?.kind ?? 'gone'}`];
  }
  const parts = (['kind', 'owner', 'group', 'mode', 'leads', 'content'] as const)
    .filter((name) => was[name] !== is[name] && (name !== 'content' || (was.content && is.content)))
    .map((name) => `${name} ${word(name, was)} -> ${word(name, is)}`);
  return parts.length === 0 ? [] : [`${path}: ${parts.join(', ')}`];
}

function word(name: 'kind' | 'owner' | 'group' | 'mode' | 'leads' | 'content', seen: NonNullable<SeenPath>): string {
  const value = seen[name] ?? 'none';
  return name === 'content' ? short(value) : value;
}
