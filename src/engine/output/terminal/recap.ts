import type { Recap } from '../../model/event.ts';
import { displayWidth, padded } from '../width.ts';
import { type Frame, inline } from './frame.ts';
import type { Paint, Theme } from './theme.ts';

const ALWAYS = ['ok', 'changed', 'failed', 'unreachable', 'skipped'] as const;
const IF_ANY = ['rescued', 'ignored', 'unknown'] as const;
type Column = (typeof ALWAYS)[number] | (typeof IF_ANY)[number];

/** The hosts and their counts, as a table; where it does not fit, a line of words each. */
export function recapLines(recap: ReadonlyMap<string, Recap>, { theme, width }: Frame): string[] {
  const hosts = [...recap.keys()].sort();
  const columns: Column[] = [...ALWAYS, ...IF_ANY.filter((name) => hosts.some((host) => recap.get(host)![name] > 0))];
  const names = new Map(hosts.map((host) => [host, inline(host)]));
  const first = Math.max(4, ...[...names.values()].map(displayWidth));
  const widths = columns.map((name) => Math.max(name.length, 4));
  const total = 4 + first + widths.reduce((sum, each) => sum + each + 2, 0);
  if (total > width) return hosts.map((host) => words(names.get(host)!, recap.get(host)!, columns, theme));
  const head = columns.map((name, index) => name.padStart(widths[index]!)).join('  ');
  const rows = hosts.map((host) => {
    const counts = recap.get(host)!;
    const cells = columns.map((name, index) => cell(counts[name], widths[index]!, paintOf(name, theme), theme));
    return `${mark(counts, theme)} ${hostPaint(counts, theme)(padded(names.get(host)!, first))}  ${cells.join('  ')}`;
  });
  return [theme.faint(`  ${' '.repeat(first)}  ${head}`), ...rows];
}

function cell(count: number, width: number, paint: Paint, theme: Theme): string {
  return count === 0 ? theme.faint(theme.dot.padStart(width)) : paint(String(count).padStart(width));
}

function words(host: string, recap: Recap, columns: readonly Column[], theme: Theme): string {
  const counts = columns
    .filter((name) => recap[name] > 0)
    .map((name) => paintOf(name, theme)(`${name} ${recap[name]}`));
  return `${mark(recap, theme)} ${hostPaint(recap, theme)(host)}  ${counts.join('  ')}`;
}

function mark(recap: Recap, theme: Theme): string {
  const status =
    recap.failed > 0 ? 'failed' : recap.unreachable > 0 ? 'unreachable' : recap.changed > 0 ? 'changed' : 'ok';
  return theme.status[status](theme.symbol[status]);
}

function hostPaint({ failed, unreachable }: Recap, theme: Theme): Paint {
  return failed > 0 || unreachable > 0 ? theme.status.failed : (text) => text;
}

function paintOf(name: Column, theme: Theme): Paint {
  if (name === 'rescued') return theme.status.ok;
  return name === 'ignored' ? theme.ignored : theme.status[name];
}
