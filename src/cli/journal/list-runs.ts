import { openRun, type State } from '../../engine/journal/open.ts';
import { runIds } from '../../engine/journal/run-folder.ts';
import { type RunSummary, summarize } from '../../engine/journal/summary.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import { tableLines } from '../../engine/output/table.ts';
import { duration } from '../../engine/output/terminal/clock.ts';
import type { Theme } from '../../engine/output/terminal/theme.ts';

/** A journal that cannot be read: damaged, foreign, or of another version. */
export interface Unreadable {
  readonly run: string;
  readonly state: 'unreadable';
  readonly error: string;
}

export type Listed = RunSummary | Unreadable;

/** The runs that are kept, oldest first. */
export function listRuns(state: State): Listed[] {
  return runIds(state.dir).map((id) => {
    try {
      return summarize(openRun(state, id));
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      return { run: id, state: 'unreadable', error: error.describe() };
    }
  });
}

const COLUMNS = [
  { title: 'RUN' },
  { title: 'STARTED' },
  { title: 'TOOK', right: true },
  { title: 'STATE' },
  { title: 'HOSTS', right: true },
  { title: 'CHANGED', right: true },
  { title: 'FAILED', right: true },
  { title: 'WHAT' },
];
const STATE = 3;

/** A table for people, in local time. */
export function runsTable(runs: readonly Listed[], theme: Theme): string[] {
  const rows = runs.map(rowOf);
  return tableLines(COLUMNS, rows, (text, column, row) => {
    if (row === 'title') return theme.faint(text);
    return column === STATE ? paintOf(runs[row]!, theme)(text) : text;
  });
}

function rowOf(listed: Listed): string[] {
  const { run } = listed;
  if (listed.state === 'unreadable') return [run, '', '', listed.state, '', '', '', printable(listed.error)];
  const { started, ended, hosts, changed, failed, state, check, resumed, command, playbooks } = listed;
  const what = [command, ...playbooks.map((path) => printable(path, { multiline: false }))].join(' ');
  const notes = [check ? 'check' : '', resumed > 0 ? `resumed${resumed > 1 ? ` ${resumed}x` : ''}` : ''].filter(
    Boolean,
  );
  const counts = [hosts.length, changed, failed].map(String);
  return [run, localTime(started), duration(ended - started), state, ...counts, [what, ...notes].join(', ')];
}

/** `2026-01-31 09:05` where the user is. */
export function localTime(time: number): string {
  const date = new Date(time);
  const local = new Date(time - date.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 16).replace('T', ' ');
}

function paintOf({ state }: Listed, theme: Theme): (text: string) => string {
  if (state === 'ok') return theme.status.ok;
  if (state === 'running') return theme.title;
  return state === 'interrupted' || state === 'rolled-back' ? theme.warning : theme.status.failed;
}
