import { errorOf, stateDocument } from '../journal/story/state-json.ts';
import { printable } from '../output/printable.ts';
import type { Report, TaskReport } from './model/report.ts';

/** A report for programs; times are ISO 8601, durations milliseconds. */
export function jsonReport(report: Report): string {
  const { story, stages, hosts, tasks, failures, counts } = report;
  const { run, state, exit, command, playbooks, check, program, started, ended, parts, warnings } = story;
  const document = {
    run,
    state,
    exit,
    command,
    playbooks,
    check,
    program,
    started: iso(started),
    ended: iso(ended),
    parts: parts.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    counts,
    progress: stateDocument(stages, ended),
    stages: stages.map((stage) => ({
      name: stage.name,
      purpose: stage.purpose,
      needs: stage.needs,
      state: stage.state,
      started: iso(stage.started),
      ended: iso(stage.ended),
      took: stage.took,
      counts: stage.counts,
      error: errorOf(stage),
      hosts: Object.fromEntries(
        [...stage.hosts].map(([host, on]) => [host, { ...on, started: iso(on.started), ended: iso(on.ended) }]),
      ),
    })),
    hosts: Object.fromEntries(hosts.map(({ name, ...rest }) => [name, rest])),
    tasks: tasks.map(taskDocument),
    failures: failures.map(({ task, number, ...rest }) => ({ task: number, name: task.name, at: task.at, ...rest })),
    warnings,
  };
  return `${printable(JSON.stringify(document, undefined, 2))}\n`;
}

function taskDocument({ number, task, playName, counts, longest, groups }: TaskReport): object {
  const { name, action, at, handler, phase, started, results } = task;
  return {
    number,
    name,
    action,
    at,
    play: playName,
    ...(phase !== undefined && { phase }),
    ...(handler && { handler }),
    started: iso(started),
    counts,
    longest,
    results: results.map(({ host, status, ignored, rescued, time, ms, delegatedTo }) => ({
      host,
      status,
      ...(ignored && { ignored }),
      ...(rescued && { rescued }),
      ...(delegatedTo !== undefined && { delegatedTo }),
      ended: iso(time),
      ms,
    })),
    outcomes: groups
      .filter(({ changes, diffs, message }) => changes.length + diffs.length > 0 || message !== undefined)
      .map(({ diffs, ...group }) => ({ ...group, diffs: diffs.map((lines) => lines.map(({ text }) => text)) })),
  };
}

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
