import type { Place } from '../../journal/types.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Block, Phase } from '../../model/playbook.ts';
import type { HostRun } from '../host-run.ts';
import type { Path } from '../path.ts';
import { pause } from '../pause.ts';
import type { PlayState } from '../play-state.ts';
import { type RetryPolicy, retryPolicy } from '../retry.ts';
import { HostEnded, HostLost, RoleEnded, TaskFailed } from '../signals.ts';
import { recapOf } from '../tally.ts';
import { unmetNeed } from './needs.ts';

/** What a host does in a phase, as its program knows to do it. */
export interface PhaseWork {
  readonly phase: Phase;
  /** Absent where the play is the phase. */
  readonly block?: Block | undefined;
  readonly path: Path;
  tasks(path: Path): Promise<void>;
  fix(path: Path): Promise<void>;
}

/** Beyond the parts of a block and of a play, so that further tries come after the first and before what follows. */
const FURTHER = 10;

/** One host's way through a phase: left out, or tried until it is completed or no try is left. Throws what its tasks throw. */
export async function runPhase(state: PlayState, host: HostRun, work: PhaseWork): Promise<void> {
  const { phase } = work;
  const { ledger, skip } = state.run.phases;
  if (skip.has(phase.name)) return ledger.leave(phase, host.name, { status: 'skipped', tries: 0 });
  if (wasCompleted(state, host, phase)) {
    ledger.know(phase.name, host.name, 'completed');
    // Silently, so that what its tasks gave is there again.
    await tried(state, host, work, async () => {});
    return;
  }
  ledger.enter(phase, host.name);
  refuseUnmet(state, host, phase);
  let tries = 1;
  const again = async (failed: Failed) => {
    tries = failed.attempt + 1;
    const { attempt, policy, fixing, error } = failed;
    ledger.retry(phase, { host: host.name, attempt: tries, tries: policy.tries, fixing, error });
    await waited(state, policy.pause(attempt));
  };
  try {
    const { fixed } = await tried(state, host, work, again);
    ledger.leave(phase, host.name, { status: fixed ? 'fixed' : 'completed', tries });
    remember(state, host, phase);
  } catch (error) {
    leave(state, host, phase, error, tries);
    throw error;
  }
}

/** A try that failed and is not the last one. */
interface Failed {
  readonly attempt: number;
  readonly policy: RetryPolicy;
  readonly fixing: boolean;
  readonly error: string;
}

/** Tries until it succeeds; `again` is told of each failure before the next try. */
async function tried(
  state: PlayState,
  host: HostRun,
  work: PhaseWork,
  again: (failed: Failed) => Promise<void>,
): Promise<{ readonly fixed: boolean }> {
  const fixing = state.run.phases.autoFix && work.phase.fix.length > 0;
  const policy = policyOf(state, host, work, fixing);
  const roles = [...host.finishedRoles];
  for (let attempt = 1; ; attempt++) {
    const failure = await attempted(host, attempt < policy.tries, () => work.tasks(pathOf(work.path, attempt)));
    if (!failure) return { fixed: fixing && attempt > 1 };
    await again({ attempt, policy, fixing, error: failure.message });
    restore(host.finishedRoles, roles);
    if (fixing) await work.fix([...work.path, FURTHER + 2 * attempt]);
  }
}

/** The failure of a try, if another one follows; as in a block with a rescue it does not count against the host. */
async function attempted(host: HostRun, again: boolean, tasks: () => Promise<void>): Promise<TaskFailed | undefined> {
  if (!again) {
    await tasks();
    return undefined;
  }
  host.rescuers++;
  try {
    await tasks();
    return undefined;
  } catch (error) {
    if (error instanceof TaskFailed) return error;
    throw error;
  } finally {
    host.rescuers--;
  }
}

function pathOf(path: Path, attempt: number): Path {
  return attempt === 1 ? path : [...path, FURTHER + 2 * attempt - 1];
}

/** As `retry` says; where something can be mended there is one more try at least. */
function policyOf({ run, frame }: PlayState, host: HostRun, { phase, block }: PhaseWork, fixing: boolean): RetryPolicy {
  const { retry } = phase;
  if (!retry) return { tries: fixing ? 2 : 1, pause: () => 0 };
  return retryPolicy({ retry }, run.variables.scope(frame, host.name, block ? { item: block } : {}));
}

async function waited({ run }: PlayState, seconds: number): Promise<void> {
  if (seconds <= 0) return;
  try {
    await pause(seconds, run.interrupted);
  } catch {
    throw new HostEnded();
  }
}

/** A role that was done in the last try is done again. */
function restore(set: Set<string>, members: readonly string[]): void {
  set.clear();
  for (const member of members) set.add(member);
}

function refuseUnmet(state: PlayState, host: HostRun, phase: Phase): void {
  const { ledger } = state.run.phases;
  const reason = unmetNeed(phase, host.name, ledger);
  if (reason === undefined) return;
  ledger.leave(phase, host.name, { status: 'failed', tries: 0, error: reason });
  const { position } = phase;
  state.run.emit({
    type: 'warning',
    message: `phase "${phase.name}" was not begun on ${host.name}: ${reason}`,
    position,
  });
  if (host.rescuers === 0) recapOf(state, host.name).failed++;
  throw new TaskFailed(reason);
}

function leave({ run }: PlayState, { name }: HostRun, phase: Phase, error: unknown, tries: number): void {
  const { ledger } = run.phases;
  if (error instanceof HostEnded && run.interrupted.aborted) return ledger.abandon(phase, name);
  const failed = (reason: string) => ledger.leave(phase, name, { status: 'failed', tries, error: reason });
  if (error instanceof TaskFailed || error instanceof HostLost) return failed(error.message);
  if (error instanceof TsplayError) return failed(error.describe());
  // The end of the host's play, or of a role.
  if (error instanceof HostEnded || error instanceof RoleEnded)
    ledger.leave(phase, name, { status: 'completed', tries });
}

function wasCompleted({ run, index }: PlayState, { name }: HostRun, phase: Phase): boolean {
  return run.record.finished(placeOf(phase, index, name)) !== undefined;
}

function remember({ run, index }: PlayState, { name }: HostRun, phase: Phase): void {
  const ok = { status: 'ok' as const, ignored: false, result: new Map(), notify: [], ran: [] };
  run.record.finish(placeOf(phase, index, name), ok);
}

function placeOf({ name }: Phase, play: number, host: string): Place {
  return { play, host, task: `phase ${name}`, turn: 0 };
}
