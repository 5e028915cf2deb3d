import { type Stage, type StageState, stagesOf } from '../journal/story/stages.ts';
import { errorOf } from '../journal/story/state-json.ts';
import type { Story } from '../journal/story/types.ts';
import { tableLines } from '../output/table.ts';
import { duration, elapsed } from '../output/terminal/clock.ts';
import type { Theme } from '../output/terminal/theme.ts';
import { cut } from '../output/width.ts';
import { countsText, line, plural, STAGE_WORDS, stageTime, worked } from './words.ts';

/** How a run stands, for people. `now` is milliseconds since the epoch; lines are at most `width` columns wide. */
export function statusLines(story: Story, theme: Theme, now: number, width: number): string[] {
  const stages = stagesOf(story);
  const rows = stages.map((stage) => rowOf(stage, theme));
  const table = tableLines(COLUMNS, rows).slice(1);
  return [
    headline(story, theme, now),
    ...(story.now ? [theme.faint(cut(`now: ${line(story.now.name)} (${line(story.now.at)})`, width))] : []),
    '',
    ...stages.flatMap((stage, index) => [
      paintOf(stage.state, theme)(cut(table[index]!, width)),
      ...[...stage.hosts].flatMap(([host, { error }]) =>
        error === undefined ? [] : [theme.status.failed(cut(`    ${line(host)}: ${line(error)}`, width))],
      ),
    ]),
    '',
    summary(story, stages, theme),
    ...goOn(story, theme),
  ];
}

const COLUMNS = [
  { title: '' },
  { title: 'stage' },
  { title: 'state' },
  { title: 'took', right: true },
  { title: 'results' },
  { title: 'purpose' },
];

function rowOf(stage: Stage, theme: Theme): string[] {
  const { name, state, purpose = '' } = stage;
  return [signOf(state, theme), line(name), STAGE_WORDS[state], stageTime(stage), resultsText(stage), line(purpose)];
}

function signOf(state: StageState, { symbol, arrow, dot }: Theme): string {
  switch (state) {
    case 'completed':
      return symbol.ok;
    case 'failed':
      return symbol.failed;
    case 'in_progress':
      return arrow;
    case 'skipped':
      return symbol.skipped;
    case 'not_started':
      return dot;
  }
}

function paintOf(state: StageState, theme: Theme): (text: string) => string {
  switch (state) {
    case 'completed':
      return theme.status.ok;
    case 'failed':
      return theme.status.failed;
    case 'in_progress':
      return theme.title;
    default:
      return theme.faint;
  }
}

/** `12 ok, 2 changed on 3 hosts`: what there is of each. */
function resultsText({ counts, hosts }: Stage): string {
  const text = countsText(counts);
  return text && `${text} on ${plural(hosts.size, 'host')}`;
}

function headline(story: Story, theme: Theme, now: number): string {
  const { run, state, command, playbooks, check, started, parts, exit } = story;
  const what = [command, ...playbooks].map(line).join(' ');
  const time =
    state === 'running' ? `running for ${elapsed(now - started)}` : `${state} after ${duration(worked(story))}`;
  const notes = [
    time,
    exit !== undefined && exit !== 0 ? `exit code ${exit}` : '',
    check ? 'check mode' : '',
    parts.length > 1 ? `resumed ${parts.length - 1}x` : '',
  ].filter(Boolean);
  return `${theme.strong(`Run ${run}`)}  ${what}  ${theme.faint(notes.join(', '))}`;
}

function summary({ hosts }: Story, stages: readonly Stage[], theme: Theme): string {
  const count = (state: StageState) => stages.filter((stage) => stage.state === state).length;
  const failed = count('failed');
  const wrong = stages.some((stage) => errorOf(stage) !== '') && failed > 0;
  const parts = [
    `${count('completed')} of ${stages.length} completed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} left out`] : []),
    plural(hosts.length, 'host'),
  ];
  return wrong ? theme.status.failed(parts.join(', ')) : parts.join(', ');
}

function goOn({ run, state, check }: Story, theme: Theme): string[] {
  if (check || (state !== 'failed' && state !== 'interrupted')) return [];
  return [theme.faint(`go on with: tsplay resume ${run}`)];
}
