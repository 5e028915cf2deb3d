import type { DiffLine } from '../output/diff.ts';
import { printable } from '../output/printable.ts';
import type { Theme } from '../output/terminal/theme.ts';
import type { Drift } from './compare.ts';
import type { PlanDocument, PlannedChange, Turn } from './document.ts';
import { countedChanges, type Row, type TaskRows, taskRows } from './rows.ts';

/** The parts of a plan that are told; a file of it has more. */
export type Told = Pick<PlanDocument, 'playbooks' | 'plays' | 'hosts' | 'coverage'>;

/** A plan as one reads it: what would change on which host, what cannot be told, and what could not be taken back. */
export function planLines(plan: Told, theme: Theme): string[] {
  const tasks = taskRows(plan);
  return [
    `${theme.strong('Plan')} of ${plan.playbooks.map(line).join(', ')}: ${totals(plan)}`,
    ...tasks.flatMap((task, index) => [
      ...(task.play === tasks[index - 1]?.play ? [] : playHead(plan, task.play, theme)),
      ...taskLines(task, plan, theme),
    ]),
    ...finalLines(tasks, theme),
    ...handlerLines(plan, theme),
    ...idleLines(plan, theme),
    '',
    coverageLine(plan, theme),
  ];
}

/** How many changes there are, for how many hosts. */
function totals({ hosts }: Told): string {
  const plans = Object.values(hosts);
  const changes = plans.flatMap(({ steps }) => steps).flatMap((step) => turnsOf(step).flatMap(countedChanges));
  const busy = plans.filter(({ steps }) =>
    steps.some((step) => turnsOf(step).some((turn) => countedChanges(turn).length)),
  );
  if (changes.length === 0) return `nothing to change on ${count(plans.length, 'host')}`;
  return `${count(changes.length, 'change')} on ${busy.length} of ${count(plans.length, 'host')}`;
}

function turnsOf(step: Turn & { readonly items?: readonly Turn[] }): readonly Turn[] {
  return step.items ?? [step];
}

function playHead({ plays }: Told, index: number, theme: Theme): string[] {
  const play = plays[index];
  return ['', `${theme.title(line(play?.name ?? ''))}  ${theme.faint(play?.hosts.map(line).join(', ') ?? '')}`];
}

function taskLines({ play, step, rows }: TaskRows, { plays }: Told, theme: Theme): string[] {
  const kind = step.handler ? 'handler ' : '';
  return [
    '',
    `  ${kind}${theme.strong(line(step.name))}  ${theme.faint(line(step.at))}`,
    ...rows.flatMap((row) => rowLines(row, step.target, plays[play]?.hosts ?? [], theme)),
  ];
}

function rowLines(
  { hosts, turn, label }: Row,
  target: string | undefined,
  all: readonly string[],
  theme: Theme,
): string[] {
  const where = `${namesOf(hosts, all)}${target === undefined ? '' : ` ${theme.arrow} ${line(target)}`}`;
  const item = label === undefined ? '' : ` (${line(label)})`;
  return [
    `    ${theme.faint(`${where}${item}`)}${note(turn, theme)}`,
    ...countedChanges(turn).map((change) => `      ${changeLine(change, turn, theme)}`),
    ...(turn.diffs ?? []).flatMap((diff) => diff.split('\n').map((text) => `        ${diffLine(text, theme)}`)),
  ];
}

/** Names are told unless they are all of many. */
function namesOf(hosts: readonly string[], all: readonly string[]): string {
  return hosts.length > 2 && hosts.length === all.length ? `all ${hosts.length}` : hosts.map(line).join(', ');
}

function note({ status, because, done, unknown }: Turn, theme: Theme): string {
  if (status === 'failed' || status === 'unreachable')
    return `  ${theme.status[status](`${status}: ${line(because ?? '')}`)}`;
  if (unknown === 'all') return `  ${theme.status.unknown(`${theme.symbol.unknown} ${reason(because)}`)}`;
  if (done) return theme.faint('  (check_mode: false: done while the plan was made, and done again)');
  return '';
}

/** Why nothing is known; that it is so in check mode goes without saying. */
function reason(because = 'unknown'): string {
  return line(because.replace(/^unknown in check mode: /, ''));
}

function changeLine(change: PlannedChange, { unknown }: Turn, theme: Theme): string {
  const text = `${line(change.summary)}${details(change)}`;
  if (unknown === 'outcome') {
    return `${theme.status.unknown(`${theme.symbol.unknown} ${text}`)}${theme.faint('  will run, outcome unknown')}`;
  }
  if (unknown === 'all') return theme.status.unknown(`${theme.symbol.unknown} ${text}`);
  const sign = signOf(change);
  const paint = sign === '+' ? theme.diff.added : sign === '-' ? theme.diff.removed : theme.status.changed;
  return paint(`${sign} ${text}`);
}

/** `+` something new, `-` something goes, `~` something becomes other, `>` a command. */
function signOf({ kind, before }: PlannedChange): string {
  if (kind === 'run') return '>';
  if (kind === 'remove') return '-';
  return kind === 'directory' || before?.kind === 'absent' ? '+' : '~';
}

function details({ attributes, content }: PlannedChange): string {
  const said = Object.entries(attributes ?? {}).map(([name, value]) => `${name} ${line(value)}`);
  if (content) said.push(count(content.size, 'byte'));
  return said.length === 0 ? '' : `  (${said.join(', ')})`;
}

function diffLine(text: string, theme: Theme): string {
  return theme.diff[kindOf(text)](printable(text, { multiline: false }));
}

function kindOf(text: string): DiffLine {
  if (text.startsWith('--- ') || text.startsWith('+++ ')) return 'file';
  if (text.startsWith('@@')) return 'hunk';
  if (text.startsWith('+')) return 'added';
  return text.startsWith('-') ? 'removed' : 'context';
}

function finalLines(tasks: readonly TaskRows[], theme: Theme): string[] {
  const found = tasks.flatMap(({ step, rows }) =>
    rows.flatMap(({ hosts, turn }) =>
      countedChanges(turn)
        .filter(({ final }) => final !== undefined)
        .map(
          ({ summary, final }) =>
            `  ${line(summary)}: ${line(final!)}  ${theme.faint(`[${hosts.map(line).join(', ')}: ${line(step.name)}, ${line(step.at)}]`)}`,
        ),
    ),
  );
  return found.length === 0 ? [] : ['', theme.warning('Could not be taken back:'), ...new Set(found)];
}

function handlerLines({ hosts }: Told, theme: Theme): string[] {
  const names = new Map<string, string[]>();
  for (const [host, { mayRun, steps }] of Object.entries(hosts)) {
    const sure = new Set(steps.filter(({ handler }) => handler).map(({ name }) => name));
    for (const { name } of mayRun.filter((one) => !sure.has(one.name)))
      names.set(name, [...(names.get(name) ?? []), host]);
  }
  if (names.size === 0) return [];
  const rows = [...names].map(([name, on]) => `  ${line(name)}  ${theme.faint(`[${on.map(line).join(', ')}]`)}`);
  return ['', theme.status.unknown('Handlers that run if a task of unknown outcome changes something:'), ...rows];
}

function idleLines({ hosts }: Told, theme: Theme): string[] {
  const idle = Object.entries(hosts)
    .filter(([, { steps }]) => steps.every((step) => turnsOf(step).every(isIdle)))
    .map(([host]) => host);
  return idle.length === 0 ? [] : ['', theme.faint(`As it should be: ${idle.map(line).join(', ')}`)];
}

function isIdle(turn: Turn): boolean {
  return countedChanges(turn).length === 0 && ['ok', 'skipped'].includes(turn.status);
}

/** `94% of 212 tasks known`; never a whole hundred while something is unknown. */
export function coverageLine({ coverage: { tasks, unknown } }: Pick<PlanDocument, 'coverage'>, theme: Theme): string {
  const percent = unknown === 0 ? 100 : Math.min(99, Math.floor(((tasks - unknown) / tasks) * 100));
  const text = `${percent}% of ${count(tasks, 'task')} known`;
  return unknown === 0 ? text : `${text}; ${theme.status.unknown(`${unknown} unknown`)}`;
}

/** What drifted, by host. */
export function driftLines(drifts: readonly Drift[], theme: Theme): string[] {
  return [...new Set(drifts.map(({ host }) => host))].flatMap((host) => [
    theme.strong(line(host)),
    ...drifts
      .filter((drift) => drift.host === host)
      .flatMap(({ step, label, what }) => [
        `  ${line(step.name)}${label === undefined ? '' : ` (${line(label)})`}  ${theme.faint(line(step.at))}`,
        ...what.map((text) => `    ${theme.status.changed(line(text))}`),
      ]),
  ]);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function line(text: string): string {
  return printable(text, { multiline: false });
}
