import type { Recap } from '../model/event.ts';
import { emptyRecap } from './host-run.ts';
import type { PlayState } from './play-state.ts';
import { is } from './result.ts';
import type { SiteOutcome } from './site-work.ts';

export function recapOf(state: Pick<PlayState, 'run'>, host: string): Recap {
  let recap = state.run.recap.get(host);
  if (!recap) {
    recap = emptyRecap();
    state.run.recap.set(host, recap);
  }
  return recap;
}

/** As Ansible does: each file or role that was brought is one. */
export function countIncludes(state: PlayState, host: string, brought: number): void {
  recapOf(state, host).ok += brought;
}

/** Counts an outcome as Ansible's recap does. */
export function count(state: PlayState, host: string, { status, ignored, result }: SiteOutcome): void {
  const recap = recapOf(state, host);
  if (ignored) {
    recap.ignored++;
    recap.ok++;
    if (is(result, 'changed')) recap.changed++;
    return;
  }
  if (status === 'failed') {
    if ((state.hosts.get(host)?.rescuers ?? 0) > 0) recap.rescued++;
    else recap.failed++;
    return;
  }
  if (status === 'changed') recap.ok++;
  recap[status]++;
}
