import { flag } from './keywords.ts';
import type { PlayState, Site } from './play-state.ts';
import type { SiteOutcome } from './site-work.ts';

/** Whether failures at a place end it for all hosts: any_errors_fatal, run_once, max_fail_percentage. */
export function breaksBatch(state: PlayState, { task }: Site, outcomes: ReadonlyMap<string, SiteOutcome>): boolean {
  const broken = [...outcomes].filter(
    ([, { status, ignored }]) => !ignored && (status === 'failed' || status === 'unreachable'),
  );
  if (broken.length === 0) return false;
  const { run, frame } = state;
  const scope = run.variables.scope(frame, broken[0]![0], { item: task });
  if (flag(task, frame.play, 'any_errors_fatal', scope) ?? run.settings.anyErrorsFatal) return true;
  if (flag(task, frame.play, 'run_once', scope) && state.strategy === 'linear') return true;
  if (state.maxFailPercentage === undefined) return false;
  const lost = [...state.hosts.values()].filter(({ state: at }) => at === 'failed' || at === 'unreachable').length;
  const now = broken.filter(([host]) => state.hosts.get(host)?.rescuers === 0).length;
  return ((lost + now) / state.hosts.size) * 100 > state.maxFailPercentage;
}
