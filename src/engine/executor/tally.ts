import type { Recap } from '../model/event.ts';
import type { Task } from '../model/playbook.ts';
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

/** As Ansible does: each file that include_tasks brought is one, a role that include_role brought is none. */
export function countIncludes(state: PlayState, host: string, { action }: Task, brought: number): void {
  if (action === 'include_tasks') recapOf(state, host).ok += brought;
}

/** Counts an outcome as Ansible's recap does. */
export function count(state: PlayState, host: string, { status, ignored, result }: SiteOutcome): void {
  const recap = recapOf(state, host);
  if (ignored) {
    recap.ignored++;
    // An ignored failure counts as ok; an ignored loss of the host as skipped.
    if (status === 'unreachable') recap.skipped++;
    else recap.ok++;
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
