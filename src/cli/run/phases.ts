import { infoOf } from '../../engine/executor/phases/ledger.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { PhaseInfo } from '../../engine/model/event.ts';
import { formatPosition } from '../../engine/model/source.ts';
import { type PlacedPhase, phasesOf } from '../../engine/playbook/phases.ts';
import { nearest } from '../../engine/playbook/suggest.ts';
import type { Parsed } from '../options.ts';
import type { Playbook } from './prepare.ts';

/** What the command line makes of the phases of playbooks. */
export interface ChosenPhases {
  readonly all: readonly PhaseInfo[];
  readonly skip: ReadonlySet<string>;
  readonly autoFix: boolean;
  /** What is to be said of phases that are left out although others need them. */
  readonly warnings: readonly string[];
}

/** Throws TsplayError if a phase is named that is not there, or that is there twice. */
export function choosePhases(playbooks: readonly Playbook[], options: Parsed): ChosenPhases {
  const placed = phasesOf(playbooks.flatMap(({ plays }) => plays));
  refuseDoubles(placed);
  const names = placed.map(({ phase }) => phase.name);
  const skip = new Set(options.list('skip-phase').map((name) => known(name, names)));
  const from = options.text('from-phase');
  const before = from === undefined ? new Set<string>() : phasesBefore(known(from, names), placed);
  return {
    all: placed.map(({ phase }) => infoOf(phase)),
    skip: new Set([...skip, ...before]),
    autoFix: options.on('auto-fix'),
    warnings: [...skip].flatMap((name) => neededAllTheSame(name, placed, skip)),
  };
}

/** Phases of different playbooks in one run; of one, its reader tells. */
function refuseDoubles(placed: readonly PlacedPhase[]): void {
  const known = new Map<string, PlacedPhase>();
  for (const one of placed) {
    const { name, position } = one.phase;
    const first = known.get(name);
    known.set(name, one);
    if (!first) continue;
    const hint = `the other one is at ${formatPosition(first.phase.position)}`;
    throw new TsplayError('parse', `there are two phases "${name}"`, { position, hint });
  }
}

function known(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const meant = nearest(name, names);
  const all = names.length > 0 ? `the phases are ${names.join(', ')}` : 'the playbook has no phases';
  throw new TsplayError('usage', `there is no phase "${name}"`, { hint: meant ? `did you mean "${meant}"?` : all });
}

/** Those that begin before a phase, without those in which it stands. */
function phasesBefore(name: string, placed: readonly PlacedPhase[]): Set<string> {
  const index = placed.findIndex(({ phase }) => phase.name === name);
  const around = placed[index]!.around;
  return new Set(
    placed
      .slice(0, index)
      .filter(({ phase }) => !around.includes(phase))
      .map(({ phase }) => phase.name),
  );
}

function neededAllTheSame(name: string, placed: readonly PlacedPhase[], skip: ReadonlySet<string>): string[] {
  const needy = placed.map(({ phase }) => phase).filter((phase) => !skip.has(phase.name));
  const names = needy.filter(({ needs }) => needs.some((need) => need.name === name)).map((phase) => `"${phase.name}"`);
  if (names.length === 0) return [];
  return [`phase "${name}" is left out, though ${names.join(', ')} ${names.length > 1 ? 'need' : 'needs'} it`];
}
