import type { TsplayError } from '../model/errors.ts';
import type { Block, Item, Phase, PhaseNeed, Play } from '../model/playbook.ts';
import { formatPosition, type Position } from '../model/source.ts';
import { problem } from './problem.ts';
import { didYouMean } from './suggest.ts';

/** A phase where it stands. */
export interface PlacedPhase {
  readonly phase: Phase;
  readonly play: Play;
  /** Absent where the play is the phase. */
  readonly block?: Block | undefined;
  /** Phases around it, outermost first. */
  readonly around: readonly Phase[];
}

/** All phases of plays, in the order in which they begin. */
export function phasesOf(plays: readonly Play[]): PlacedPhase[] {
  return plays.flatMap((play) => {
    const around = play.phase ? [play.phase] : [];
    const own: PlacedPhase[] = play.phase ? [{ phase: play.phase, play, around: [] }] : [];
    const sections = [play.preTasks, ...play.roles, play.tasks, play.postTasks];
    return [...own, ...sections.flatMap((block) => [...below(block, play, around)])];
  });
}

function* below(item: Item, play: Play, around: readonly Phase[]): Iterable<PlacedPhase> {
  if (item.kind === 'task') return;
  const { phase } = item;
  if (phase) yield { phase, play, block: item, around };
  const inside = phase ? [...around, phase] : around;
  for (const each of [...item.items, ...item.rescue, ...item.always]) yield* below(each, play, inside);
}

/** Tasks of a phase that do not run on its straight way. */
export function asideOf(phase: Phase | undefined): readonly Item[] {
  return phase ? [...phase.fix, ...phase.undo] : [];
}

/** Mistakes that only all phases together show: names given twice, needs that cannot be met, phases where none can be. */
export function phaseMistakes(plays: readonly Play[]): TsplayError[] {
  const placed = phasesOf(plays);
  const known = new Map<string, PlacedPhase>();
  const mistakes: TsplayError[] = [];
  for (const one of placed) {
    const first = known.get(one.phase.name);
    if (first) mistakes.push(doubled(one.phase, first.phase));
    else known.set(one.phase.name, one);
    for (const item of asideOf(one.phase)) mistakes.push(...refused(item, one));
  }
  const order = [...known.keys()];
  for (const one of known.values()) {
    for (const need of one.phase.needs) {
      const mistake = wrongNeed(one, need, known, order);
      if (mistake) mistakes.push(mistake);
    }
  }
  return mistakes;
}

function doubled({ name, position }: Phase, first: Phase): TsplayError {
  return problem(`there are two phases "${name}"`, position, `the other one is at ${formatPosition(first.position)}`);
}

function refused(item: Item, { phase, play }: PlacedPhase): TsplayError[] {
  return [...below(item, play, [])].map((inner) =>
    problem(`a phase cannot stand in what mends or takes back another ("${phase.name}")`, inner.phase.position),
  );
}

function wrongNeed(
  { phase: { name }, around }: PlacedPhase,
  { name: needed, position }: PhaseNeed,
  known: ReadonlyMap<string, PlacedPhase>,
  order: readonly string[],
): TsplayError | undefined {
  const other = known.get(needed);
  if (!other) {
    const hint = didYouMean(needed, order) ?? (order.length > 1 ? `known are ${order.join(', ')}` : undefined);
    return problem(`phase "${name}" needs "${needed}", and there is no such phase`, position, hint);
  }
  if (around.includes(other.phase)) {
    return problem(
      `phase "${name}" needs "${needed}", in which it stands`,
      position,
      'a phase ends after what is in it',
    );
  }
  const ring = circle(name, known);
  if (ring) return isFirst(ring, order) && ring[1] === needed ? circular(ring, position) : undefined;
  if (order.indexOf(needed) < order.indexOf(name)) return undefined;
  return problem(
    `phase "${name}" needs "${needed}", which comes after it`,
    position,
    'put the phase that is needed first',
  );
}

/** A circle is told once, at the phase of it that stands first. */
function isFirst(ring: readonly string[], order: readonly string[]): boolean {
  const places = ring.map((name) => order.indexOf(name));
  return places[0] === Math.min(...places);
}

function circular(ring: readonly string[], position: Position): TsplayError {
  return problem(`phases need each other: ${ring.join(' -> ')}`, position, 'a phase needs only phases before it');
}

/** Names along needs that lead from a phase back to it, if any do: the shortest way. */
function circle(name: string, known: ReadonlyMap<string, PlacedPhase>): string[] | undefined {
  const seen = new Set<string>();
  let ways: string[][] = [[name]];
  while (ways.length > 0) {
    const further = ways.flatMap((way) =>
      (known.get(way.at(-1)!)?.phase.needs ?? []).map((need) => [...way, need.name]),
    );
    const ring = further.find((way) => way.at(-1) === name);
    if (ring) return ring;
    ways = further.filter((way) => !seen.has(way.at(-1)!));
    for (const way of ways) seen.add(way.at(-1)!);
  }
  return undefined;
}
