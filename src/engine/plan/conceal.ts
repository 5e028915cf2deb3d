import type { HostPlan, ItemTurn, Looked, PlannedChange, PlannedPlay, Step, Turn } from './document.ts';

type Hide = (text: string) => string;

/**
 * Takes secrets out of the texts of a plan, by value: some are known only when all of it was made. Digests stay as they
 * are, and so do names of hosts, by which it is told what is whose.
 */
export function concealHosts(hosts: Readonly<Record<string, HostPlan>>, hide: Hide): Record<string, HostPlan> {
  const entries = Object.entries(hosts).map(([host, { steps, mayRun }]): [string, HostPlan] => {
    const handlers = mayRun.map(({ id, name }) => ({ id, name: hide(name) }));
    return [host, { steps: steps.map((step) => concealStep(step, hide)), mayRun: handlers }];
  });
  return Object.fromEntries(entries);
}

export function concealPlays(plays: readonly PlannedPlay[], hide: Hide): PlannedPlay[] {
  return plays.map(({ name, hosts }) => ({ name: hide(name), hosts }));
}

function concealStep(step: Step, hide: Hide): Step {
  const items = step.items?.map((item): ItemTurn => ({ ...concealTurn(item, hide), label: hide(item.label) }));
  return { ...concealTurn(step, hide), name: hide(step.name), ...(items && { items }) };
}

function concealTurn<T extends Turn>(turn: T, hide: Hide): T {
  const { because, diffs, looked, changes } = turn;
  return {
    ...turn,
    ...(because !== undefined && { because: hide(because) }),
    ...(diffs && { diffs: diffs.map(hide) }),
    ...(looked && { looked: concealLook(looked, hide) }),
    ...(changes && { changes: changes.map((change) => concealChange(change, hide)) }),
  };
}

function concealLook({ paths, ...rest }: Looked, hide: Hide): Looked {
  const shown = Object.entries(paths).map(([path, seen]) => [
    hide(path),
    seen?.leads === undefined ? seen : { ...seen, leads: hide(seen.leads) },
  ]);
  return { ...rest, paths: Object.fromEntries(shown) as Looked['paths'] };
}

function concealChange(change: PlannedChange, hide: Hide): PlannedChange {
  const { summary, path, from, leads, final, attributes, before } = change;
  const shown =
    attributes && Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, hide(value)]));
  return {
    ...change,
    summary: hide(summary),
    ...(path !== undefined && { path: hide(path) }),
    ...(from !== undefined && { from: hide(from) }),
    ...(leads !== undefined && { leads: hide(leads) }),
    ...(final !== undefined && { final: hide(final) }),
    ...(shown && { attributes: shown }),
    ...(before?.leads !== undefined && { before: { ...before, leads: hide(before.leads) } }),
  };
}
