import type { Stage } from '../../journal/story/stages.ts';
import type { Outcome } from '../../journal/story/types.ts';
import { printable } from '../../output/printable.ts';
import { duration } from '../../output/terminal/clock.ts';
import type { Failure } from '../model/failures.ts';
import type { HostReport, Report } from '../model/report.ts';
import { countsText, line, OUTCOMES, plural, STAGE_WORDS, stageTime, stateWord, utc, worked } from '../words.ts';
import { shares } from './strips.ts';
import { taskViews } from './tasks-view.ts';
import { timelineView } from './timeline-view.ts';

/** Columns that a table of hosts has even if nothing stands in them. */
const ALWAYS: ReadonlySet<Outcome> = new Set(['ok', 'changed', 'failed']);

/** What the templates of the page show: texts that are safe to print, and numbers. */
export function viewOf(report: Report): object {
  const { story, stages, hosts, tasks, failures, slowest, counts } = report;
  const columns = OUTCOMES.filter((outcome) => ALWAYS.has(outcome) || counts[outcome] > 0);
  const timeline = timelineView(report);
  const failureViews = (wanted: (failure: Failure) => boolean) =>
    failures.filter(wanted).map((failure) => failureView(failure, hosts.length));
  return {
    run: story.run,
    state: story.state,
    stateWord: stateWord(story),
    what: line([story.command, ...story.playbooks].join(' ')),
    program: story.program,
    began: utc(story.started),
    took: duration(worked(story)),
    resumed: story.parts.length > 1 ? plural(story.parts.length - 1, 'time') : undefined,
    exit: story.exit,
    goOn: !story.check && (story.state === 'failed' || story.state === 'interrupted'),
    tiles: tilesOf(report),
    shares: shares(report.counts),
    sharesText: countsText(report.counts),
    timeline,
    stagesTitle: report.phased ? 'Phases' : 'Plays',
    stages: stages.map(stageView),
    failures: failures.length > 0,
    lost: failureViews(({ outcome }) => outcome === 'lost'),
    tolerated: failureViews(({ outcome }) => outcome !== 'lost'),
    toleratedCount: plural(failures.filter(({ outcome }) => outcome !== 'lost').length, 'failure'),
    hosts: hosts.map((host) => hostView(host, columns)),
    columns,
    statuses: OUTCOMES.filter((outcome) => counts[outcome] > 0),
    tasks: taskViews(tasks, story.hosts),
    taskCount: plural(tasks.length, 'task'),
    slowest: slowest.map(({ number, task, longest }) => ({
      number,
      name: line(task.name),
      at: line(task.at),
      time: duration(longest),
      share: Math.max(1, Math.round((longest / slowest[0]!.longest) * 100)),
    })),
    warnings: story.warnings.map(({ message, at }) => ({
      message: printable(message),
      at: at === undefined ? undefined : line(at),
    })),
  };
}

function tilesOf({ hosts, tasks, counts, story }: Report): object[] {
  const lost = hosts.filter((host) => host.lost).length;
  return [
    {
      label: 'hosts',
      value: hosts.length,
      note: lost > 0 ? `${lost} lost` : undefined,
      shade: lost > 0 ? 'failed' : 'ok',
    },
    { label: 'tasks', value: tasks.length, note: undefined, shade: 'ok' },
    { label: story.check ? 'would change' : 'changed', value: counts.changed, note: undefined, shade: 'changed' },
    { label: 'failed', value: counts.failed + counts.unreachable, note: undefined, shade: 'failed' },
    { label: 'skipped', value: counts.skipped, note: undefined, shade: 'skipped' },
  ];
}

function stageView(stage: Stage, index: number): object {
  const mended = [...stage.hosts].flatMap(([host, { status }]) => (status === 'fixed' ? [line(host)] : []));
  const notes = [
    ...(stage.hosts.size > 0 ? [`${plural(stage.hosts.size, 'host')}: ${countsText(stage.counts)}`] : []),
    ...(mended.length > 0 ? [`mended on ${mended.join(', ')}`] : []),
    ...(stage.needs.length > 0 ? [`needs ${line(stage.needs.join(', '))}`] : []),
  ];
  return {
    number: index + 1,
    name: line(stage.name),
    purpose: stage.purpose === undefined ? undefined : printable(stage.purpose),
    state: stage.state,
    word: STAGE_WORDS[stage.state],
    took: stageTime(stage),
    notes: notes.join(' · '),
    errors: [...stage.hosts].flatMap(([host, { error }]) =>
      error === undefined ? [] : [{ host: line(host), error: printable(error) }],
    ),
  };
}

const NOTES = { lost: undefined, ignored: 'ignored', mended: 'mended since' } as const;

function failureView(
  { number, task, hosts, unreachable, outcome, message, rc, output, source }: Failure,
  all: number,
): object {
  return {
    number,
    name: line(task.name),
    at: line(task.at),
    hosts: line(hosts.join(', ')),
    many: hosts.length === all && all > 1 ? `all ${all} hosts` : undefined,
    verb: unreachable ? 'could not be reached' : 'failed',
    outcome,
    note: NOTES[outcome],
    message: printable(message),
    rc,
    output: output.map(({ name, text }) => ({ name, text: printable(text) })),
    source: source?.lines.map((text, index) => ({
      number: source.line + index,
      text: printable(text),
      here: index === 0,
    })),
  };
}

function hostView({ name, counts, lost, busy }: HostReport, columns: readonly Outcome[]): object {
  return {
    name: line(name),
    lost,
    strip: shares(counts),
    counts: columns.map((status) => ({ status, count: counts[status] })),
    busy: duration(busy),
  };
}
