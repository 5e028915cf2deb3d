import { KINDS, type Kind } from './kinds.ts';
import type { Moment } from './run-with-fault.ts';

/** What `scripts/faults` asks for: how many faults (`all`: before and after each task), of which kinds. */
const COUNT = process.env['TSPLAY_FAULTS'];
const CHOSEN = process.env['TSPLAY_FAULT_KINDS']?.split(/[ ,]+/).filter(Boolean);

/** Kinds to try at moments of the whole join; none in the tests that always run. */
export function chosenKinds(): Kind[] {
  if (COUNT === undefined) return [];
  for (const kind of CHOSEN ?? []) {
    if (!KINDS.some((known) => known === kind)) throw new Error(`no kind of fault: ${kind}; there are ${KINDS.join()}`);
  }
  return KINDS.filter((kind) => !CHOSEN?.length || CHOSEN.includes(kind));
}

/** The moments for one of the kinds: all there are, or its share of the number, spread over the join. */
export function chosenMoments(tasks: number): Pick<Moment, 'task' | 'when'>[] {
  const all = Array.from({ length: tasks }, (_, task) => [
    { task, when: 'before' as const },
    { task, when: 'after' as const },
  ]).flat();
  if (COUNT === 'all') return all;
  const count = Math.min(all.length, Math.ceil(Number(COUNT) / chosenKinds().length));
  return Array.from({ length: count }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / count)]!);
}
