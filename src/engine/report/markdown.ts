import { errorOf } from '../journal/story/state-json.ts';
import { printable } from '../output/printable.ts';
import { duration } from '../output/terminal/clock.ts';
import type { Failure } from './model/failures.ts';
import type { Group } from './model/groups.ts';
import type { Report, TaskReport } from './model/report.ts';
import { countsText, hostsText, plural, STAGE_WORDS, stageTime, stateWord, utc, worked } from './words.ts';

/** A report for people who read Markdown: in a ticket, a wiki, a pull request. */
export function markdownReport(report: Report): string {
  const { story, stages, hosts, failures, slowest, tasks } = report;
  const changed = tasks.filter(({ groups }) => groups.some(tellsChange));
  const lines = [
    `# Run ${story.run}: ${stateWord(story)}`,
    '',
    ...facts(report),
    ...section(report.phased ? 'Phases' : 'Plays', [
      ...table(
        ['', 'state', 'took', 'results', 'purpose'],
        stages.map((stage) => [
          code(stage.name),
          STAGE_WORDS[stage.state],
          stageTime(stage),
          countsText(stage.counts),
          text(stage.purpose ?? ''),
        ]),
      ),
      ...stages
        .filter((stage) => errorOf(stage) !== '')
        .map((stage) => `\n${code(stage.name)}: ${text(errorOf(stage))}`),
    ]),
    ...section(
      'Hosts',
      table(
        ['host', 'results', 'time in tasks'],
        hosts.map(({ name, counts, busy, lost }) => [
          `${lost ? '**lost** ' : ''}${code(name)}`,
          countsText(counts),
          duration(busy),
        ]),
      ),
    ),
    ...section(
      'Failures',
      failures.flatMap((failure) => failureLines(failure, hosts.length)),
    ),
    ...section(
      'Changes',
      changed.flatMap((task) => changeLines(task, hosts.length)),
    ),
    ...section(
      'Slowest tasks',
      table(
        ['task', 'slowest host', 'where'],
        slowest.map(({ task, longest }) => [text(task.name), duration(longest), code(task.at)]),
      ),
    ),
    ...section(
      'Warnings',
      story.warnings.map(({ message, at }) => `- ${at ? `${code(at)}: ` : ''}${text(message)}`),
    ),
  ];
  return `${printable(lines.join('\n')).trimEnd()}\n`;
}

function facts({ story, hosts, tasks, counts }: Report): string[] {
  const rows = [
    `- ${code([story.command, ...story.playbooks].join(' '))}`,
    `- began ${utc(story.started)}, took ${duration(worked(story))}${story.parts.length > 1 ? `, resumed ${story.parts.length - 1}x` : ''}`,
    `- ${plural(hosts.length, 'host')}, ${plural(tasks.length, 'task')}: ${countsText(counts) || 'nothing ran'}`,
  ];
  return story.exit === undefined ? rows : [...rows, `- exit code ${story.exit}`];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

function failureLines(
  { task, hosts, outcome, unreachable, message, rc, output, source }: Failure,
  all: number,
): string[] {
  const how = outcome === 'lost' ? '' : ` (${outcome === 'ignored' ? 'ignored' : 'mended'})`;
  const fence = source
    ? fenced(source.lines.map((line, index) => `${String(source.line + index).padStart(4)} ${line}`).join('\n'))
    : [];
  return [
    `### ${text(task.name)}${how}`,
    '',
    `${code(task.at)} ${unreachable ? 'could not reach' : 'failed on'} ${text(hostsText(hosts, all))}${rc === undefined ? '' : `, rc ${rc}`}`,
    '',
    ...fenced(message),
    ...fence,
    ...output.flatMap(({ name, text }) => [`${name}:`, ...fenced(text)]),
  ];
}

function tellsChange({ status, changes, diffs }: Group): boolean {
  return status === 'changed' && changes.length + diffs.length > 0;
}

function changeLines({ task, groups }: TaskReport, all: number): string[] {
  return groups
    .filter(tellsChange)
    .flatMap(({ hosts, changes, diffs }) => [
      `- ${text(task.name)} (${code(task.at)}) on ${text(hostsText(hosts, all))}: ${changes.map(code).join(', ')}`,
      ...diffs.flatMap((lines) => ['', ...fenced(lines.map((line) => line.text).join('\n'), 'diff')]),
    ]);
}

/** A block that what is in it cannot end. */
function fenced(content: string, language = ''): string[] {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, content, fence, ''];
}

/** Text of hosts is never markup. */
function text(raw: string): string {
  return raw.replace(/[\\`*_{}[\]<>#!|~&]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

function code(raw: string): string {
  const content = raw.replace(/\s*\n\s*/g, ' ');
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest > 0 ? `${ticks} ${content} ${ticks}` : `${ticks}${content}${ticks}`;
}
