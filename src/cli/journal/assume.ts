import type { Cut } from '../../engine/journal/past.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { formatPosition } from '../../engine/model/source.ts';
import { printable } from '../../engine/output/printable.ts';
import { prompt } from '../run/prompt.ts';

export type Decision = 'done' | 'redo';

/** What --assume says, if it is given. Throws TsplayError. */
export function readAssume(text: string | undefined): Decision | 'ask' | undefined {
  if (text === undefined || text === 'done' || text === 'redo' || text === 'ask') return text;
  throw new TsplayError('usage', `--assume knows no "${text}"`, { hint: 'use done, redo or ask' });
}

/** Decides of each command that was cut whether it counts as done. Throws TsplayError where nobody can be asked. */
export async function decideCuts(
  cuts: readonly Cut[],
  assume: Decision | 'ask' | undefined,
): Promise<ReadonlyMap<Cut, Decision>> {
  const decided = new Map<Cut, Decision>();
  if (assume === 'done' || assume === 'redo') {
    for (const cut of cuts) decided.set(cut, assume);
    return decided;
  }
  if (cuts.length > 0 && !process.stdin.isTTY) throw undecided(cuts);
  for (const cut of cuts) decided.set(cut, await ask(cut));
  return decided;
}

function undecided(cuts: readonly Cut[]): TsplayError {
  const lines = cuts.map((cut) => `  ${describe(cut)}`);
  return new TsplayError(
    'usage',
    `it is unknown whether these commands, which were cut off, did their work:\n${lines.join('\n')}\n`,
    { hint: 'look at the hosts, then resume with --assume redo (run them again) or --assume done (go on after them)' },
  );
}

async function ask(cut: Cut): Promise<Decision> {
  for (;;) {
    const text = `unknown: ${describe(cut)} was cut off. Run it again (r), or take it as done (d)? `;
    const answer = (await prompt(printable(text), { echo: true })).trim().toLowerCase();
    if (answer === 'r' || answer === 'redo') return 'redo';
    if (answer === 'd' || answer === 'done') return 'done';
  }
}

function describe({ entry: { name, position, place, target } }: Cut): string {
  const where = target === undefined ? place.host : `${place.host} -> ${target}`;
  const item = place.item === undefined ? '' : ` (item ${place.item.index + 1})`;
  return `${formatPosition(position)}: "${name}"${item} on ${where}`;
}
