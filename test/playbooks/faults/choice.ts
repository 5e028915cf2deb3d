import { KINDS, type Kind } from './kinds.ts';
import type { Moment, RunTask } from './run-with-fault.ts';

/** What `scripts/faults` asks for: how many faults (`all`: before and after each task; `each`: these, with the kinds in turn), of which kinds, at which tasks. */
const COUNT = process.env['TSPLAY_FAULTS'];
const TASKS = process.env['TSPLAY_FAULT_TASKS'] ?? '';
const CHOSEN = process.env['TSPLAY_FAULT_KINDS']?.split(/[ ,]+/).filter(Boolean);

/** Kinds to try at moments of the whole join; none in the tests that always run. */
export function chosenKinds(): Kind[] {
  if (COUNT === undefined) return [];
  for (const kind of CHOSEN ?? []) {
    if (!KINDS.some((known) => known === kind)) throw new Error(`no kind of fault: ${kind}; there are ${KINDS.join()}`);
  }
  return KINDS.filter((kind) => !CHOSEN?.length || CHOSEN.includes(kind));
}

export interface ChosenMoment extends Pick<Moment, 'when'> {
  readonly task: number;
  readonly name: string;
}

/** The moments for a kind: all around tasks that do something, its turns of them, or its share of the number, spread over the join and between those of other kinds. */
export function chosenMoments(tasks: readonly RunTask[], kind: Kind): ChosenMoment[] {
  const all = tasks.flatMap(({ name, skipped }, task) =>
    skipped || !name.includes(TASKS) ? [] : (['before', 'after'] as const).map((when) => ({ task, when, name })),
  );
  if (COUNT === 'all') return all;
  const kinds = chosenKinds();
  if (COUNT === 'each') return all.filter((_, index) => index % kinds.length === kinds.indexOf(kind));
  const count = Math.min(all.length, Math.ceil(Number(COUNT) / kinds.length));
  const offset = (kinds.indexOf(kind) + 0.5) / kinds.length;
  return Array.from({ length: count }, (_, index) => all[Math.floor(((index + offset) * all.length) / count)]!);
}
