import type { HostResult, Recap } from '../../model/event.ts';
import { duration } from './clock.ts';
import { type Frame, inline } from './frame.ts';
import { hostNames } from './hosts.ts';
import { recapLines } from './recap.ts';
import { slowestLines } from './slowest.ts';
import { hasLosses, type RunView } from './view.ts';

/** The end of a run: recap, the slowest tasks, how it went, and what to do next. */
export function closingLines(view: RunView, recap: ReadonlyMap<string, Recap>, frame: Frame, now: number): string[] {
  const { theme } = frame;
  const slowest = slowestLines(view.times, frame);
  return [
    ...(recap.size > 0 ? ['', theme.title('Recap'), ...recapLines(recap, frame)] : []),
    ...(slowest.length > 0 ? ['', theme.title('Slowest tasks'), ...slowest] : []),
    '',
    verdict(view, recap, frame, now),
    ...coverage(view, frame),
    ...nextSteps(view, lastLosses(view, recap), frame),
  ];
}

function verdict(view: RunView, recap: ReadonlyMap<string, Recap>, { theme }: Frame, now: number): string {
  const all = [...recap.values()];
  const failed = all.filter((counts) => counts.failed > 0).length;
  const unreachable = all.filter((counts) => counts.unreachable > 0).length;
  const changed = all.reduce((sum, { changed }) => sum + changed, 0);
  const took = theme.faint(` in ${duration(now - view.started)}`);
  const did = view.checkMode
    ? `${changed} ${changed === 1 ? 'change' : 'changes'} would be made`
    : `${changed} changed`;
  const lost = [failed > 0 ? `${failed} failed` : '', unreachable > 0 ? `${unreachable} unreachable` : ''].filter(
    Boolean,
  );
  if (lost.length > 0) {
    const hosts = `of ${all.length} ${plural(all.length)}`;
    const text = lost.length > 1 ? `${lost.join(' and ')} ${hosts}` : lost[0]!.replace(' ', ` ${hosts} `);
    return `${theme.status.failed(`${theme.symbol.failed} ${text}`)}, ${did}${took}`;
  }
  const status = changed > 0 ? 'changed' : 'ok';
  return `${theme.status.ok(theme.symbol.ok)} ${all.length} ${plural(all.length)} done, ${theme.status[status](did)}${took}`;
}

function plural(count: number): string {
  return count === 1 ? 'host' : 'hosts';
}

/** In check mode: how much of the answer is known. */
function coverage({ checkMode, answers, unknown }: RunView, { theme }: Frame): string[] {
  if (!checkMode || answers === 0) return [];
  const known = answers - unknown;
  // Never a whole hundred while something is unknown.
  const percent = unknown > 0 ? Math.min(99, Math.floor((known / answers) * 100)) : 100;
  const line = `${percent}% of ${answers} results known`;
  if (unknown === 0) return [theme.faint(`  check mode: ${line}; nothing was changed`)];
  return [
    `  check mode: ${line}; ${theme.status.unknown(`${unknown} unknown`)} (commands whose effect nobody can foretell, and what depends on them)`,
  ];
}

/** Where each host that is lost was lost: a failure that was rescued is none. */
function lastLosses({ losses }: RunView, recap: ReadonlyMap<string, Recap>): HostResult[] {
  const last = new Map(losses.map((loss) => [loss.host, loss]));
  return [...last.values()].filter(({ host }) => {
    const counts = recap.get(host);
    return counts !== undefined && hasLosses(counts);
  });
}

function nextSteps({ run, checkMode }: RunView, losses: readonly HostResult[], { theme }: Frame): string[] {
  const failed = losses.filter(({ status }) => status === 'failed');
  const unreachable = losses.filter(({ status }) => status === 'unreachable');
  const steps: string[] = [];
  if (losses.length > 0 && run !== undefined && !checkMode) steps.push(`go on with: tsplay resume ${run}`);
  const [first] = failed;
  if (first) {
    const hosts = [...new Set(failed.filter(({ task }) => task.id === first.task.id).map(({ host }) => host))].sort();
    const name = inline(first.task.name).replaceAll("'", "'\\''");
    steps.push(`continue there: --start-at-task '${name}' -l '${hosts.map(inline).join(',')}'`, 'see more: -vvv');
  }
  if (unreachable.length > 0) {
    const hosts = [...new Set(unreachable.map(({ host }) => host))].sort();
    steps.push(
      `not reached: ${hostNames(hosts)}; try ssh by hand, or go on without: -l 'all${hosts.map((host) => `:!${inline(host)}`).join('')}'`,
    );
  }
  return steps.map((step) => `  ${theme.faint('next')}  ${step}`);
}
