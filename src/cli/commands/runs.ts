import { prune, removeRuns, type State } from '../../engine/journal/open.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { idOf, userState } from '../journal/find.ts';
import { keptLimits } from '../journal/keep.ts';
import { type Listed, listRuns, runsTable } from '../journal/list-runs.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { processTheme } from '../run/theme.ts';

const OPTIONS = {
  json: { help: 'as JSON, with all hosts and times' },
  keep: { value: 'N', help: 'prune: leave the last N runs' },
  days: { value: 'N', help: 'prune: leave the runs of the last N days' },
} satisfies OptionTable;

export const runs: Command = {
  summary: 'list the runs that are kept, or remove old ones',
  help: () => `Usage: tsplay runs [--json]
       tsplay runs prune [--keep N] [--days N] [RUN...]

Lists the runs whose journals are kept: when they started, how they stand, on how many hosts, what was changed.

prune removes journals: those that are named, those beyond the last N, those older than N days; without any of these
what TSPLAY_KEEP_RUNS (100) and TSPLAY_KEEP_DAYS (90) say. A run that goes on is never removed.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [verb, ...names] = options.words;
    const state = userState();
    if (verb === 'prune') return pruneRuns(state, options, names);
    if (verb !== undefined)
      throw new TsplayError('usage', `"runs" knows no "${verb}"`, { hint: 'use runs, or runs prune' });
    if (options.on('keep') || options.on('days')) {
      throw new TsplayError('option', '--keep and --days belong to prune', { hint: 'tsplay runs prune --keep 10' });
    }
    print(listRuns(state), options.on('json'));
    return EXIT.ok;
  },
};

function print(listed: readonly Listed[], json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ runs: listed.map(asJson) }, undefined, 2)}\n`);
  else if (listed.length === 0) process.stdout.write('no runs are kept\n');
  else process.stdout.write(`${runsTable(listed, processTheme()).join('\n')}\n`);
}

/** Times as ISO 8601, as the other commands give them to programs. */
function asJson(listed: Listed): object {
  if (listed.state === 'unreadable') return listed;
  return { ...listed, started: isoTime(listed.started), ended: isoTime(listed.ended) };
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

function pruneRuns(state: State, options: Parsed, names: readonly string[]): number {
  if (options.on('json')) throw new TsplayError('option', '--json does not belong to prune');
  const gone = names.length > 0 ? removeNamed(state, names) : [];
  if (names.length === 0 || options.on('keep') || options.on('days')) {
    const { keep, days } = limits(options);
    gone.push(...prune(state, keep, days, new Date()));
  }
  process.stdout.write(gone.length === 0 ? 'nothing to remove\n' : gone.map((id) => `removed ${id}\n`).join(''));
  return EXIT.ok;
}

function removeNamed(state: State, names: readonly string[]): string[] {
  const ids = names.map((name) => idOf(state, name));
  const gone = removeRuns(state, ids);
  const left = ids.filter((id) => !gone.includes(id));
  if (left.length === 0) return gone;
  throw new TsplayError('usage', `still going on, so not removed: ${left.join(', ')}`, {
    hint: 'wait for them, or end them',
  });
}

/** What is given alone counts alone: `--keep 5` removes by number, whatever their age. */
function limits(options: Parsed): { keep: number; days: number } {
  const [keep, days] = [countOf(options, 'keep'), countOf(options, 'days')];
  if (keep === undefined && days === undefined) return keptLimits(process.env);
  return { keep: keep ?? Number.POSITIVE_INFINITY, days: days ?? Number.POSITIVE_INFINITY };
}

function countOf(options: Parsed, name: 'keep' | 'days'): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new TsplayError('option', `--${name} takes a number, not "${text}"`);
}
