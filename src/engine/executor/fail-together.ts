import { flag } from './keywords.ts';
import type { PlayState, Site } from './play-state.ts';
import type { SiteOutcome } from './site-work.ts';

/** Why failures at a place end it for all hosts: any_errors_fatal (or run_once), or too many of them. */
export function breaksBatch(
  state: PlayState,
  { task }: Site,
  outcomes: ReadonlyMap<string, SiteOutcome>,
): 'fatal' | 'too-many' | undefined {
  const broken = [...outcomes].filter(
    ([, { status, ignored }]) => !ignored && (status === 'failed' || status === 'unreachable'),
  );
  if (broken.length === 0) return undefined;
  const { run, frame } = state;
  const scope = run.variables.scope(frame, broken[0]![0], { item: task });
  if (flag(task, frame.play, 'any_errors_fatal', scope) ?? run.settings.anyErrorsFatal) return 'fatal';
  if (flag(task, frame.play, 'run_once', scope) && state.strategy === 'linear') return 'fatal';
  if (state.maxFailPercentage === undefined) return undefined;
  const lost = [...state.hosts.values()].filter(({ state: at }) => at === 'failed' || at === 'unreachable').length;
  const now = broken.filter(([host]) => state.hosts.get(host)?.rescuers === 0).length;
  return ((lost + now) / state.hosts.size) * 100 > state.maxFailPercentage ? 'too-many' : undefined;
}
